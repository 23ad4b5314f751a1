package io.tallywatt.api.chart;

import java.util.List;

/** What stands in the plot in one ink: later layers lie over earlier ones. */
record Layer(Ink ink, List<Mark> marks) {}
