package io.tallywatt.api;

import io.tallywatt.api.chart.ChartImages;
import io.tallywatt.api.chart.Graphic;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/** Answers that are pictures. */
final class Pictures {
    static final int USUAL_WIDTH = 800;
    static final int USUAL_HEIGHT = 400;

    private Pictures() {}

    static boolean wanted(Form form) {
        return form == Form.PNG || form == Form.SVG;
    }

    /** Refuses parameters that only pictures have. */
    static void only(Asked asked, Form form, String... names) {
        for (String name : names) {
            @Nullable String stated = asked.text(name);
            if (stated != null && !wanted(form)) {
                throw Problem.parameter(name, stated, "it to be left out: only format=png and format=svg have it");
            }
        }
    }

    /** Refuses parameters that a picture does not have. */
    static void never(Asked asked, Form form, String... names) {
        for (String name : names) {
            @Nullable String stated = asked.text(name);
            if (stated != null && wanted(form)) {
                throw Problem.parameter(name, stated, "it to be left out: a picture is not a list in pages");
            }
        }
    }

    static int width(Asked asked) {
        return asked.number("width", USUAL_WIDTH, ChartImages.LEAST_WIDTH, ChartImages.MOST);
    }

    static int height(Asked asked, int usual) {
        return asked.number("height", usual, ChartImages.LEAST_HEIGHT, ChartImages.MOST);
    }

    static void write(OutputStream out, Form form, Graphic graphic, int width, int height) throws IOException {
        if (form == Form.PNG) {
            ChartImages.png(graphic, width, height, out);
        } else {
            ChartImages.svg(graphic, width, height, out);
        }
    }
}
