package io.tallywatt.core.grid;

import java.util.List;

/**
 * The cables of Great Britain, and what they could carry since when.
 *
 * <p>A capacity is what can flow, in either direction: not what is offered for sale on a day, which operators limit further
 * (Moyle's exports to 80, then 250, then 270 MW; Statnett's and Energinet's for what lies behind). Only what lasted a month
 * or more is here; a planned outage of some days is not. A reduction counts from the day after it happened, since the day
 * itself began with more; and where a day is not known, the greater capacity counts from the earliest day that it can have
 * been, so that a flow is never said to be too great for want of a date. Such days are marked "about". A setting puts
 * right what is wrong here: {@link Grid#withCapacities}.
 */
final class Cables {
    static final List<Cable> AROUND_GREAT_BRITAIN = List.of(
            // 2,000 MW since 1986 (Wikipedia, HVDC Cross-Channel; about: the day is not known). Four of eight cables
            // cut by
            // an anchor on 2016-11-20, 1,000 MW left (National Grid, in Modern Power Systems); 1,500 MW in the week of
            // 2017-02-28, all of it by 2017-03-15 (The Guardian, 2017-02-28; about: that was the plan). Fire at
            // Sellindge on
            // 2021-09-15 while the other half was in repair: nothing left; 500 MW back on 2021-10-20 and 1,000 MW on
            // the day
            // after (Reuters). 1,500 MW from 2022-12-20 and all of it from 2023-01-18 (Reuters, 2022-11-16; about: that
            // was
            // the plan, then put off by some weeks of tests). The flows of May 2023 reach 2,003 MW.
            cable(
                    "IFA",
                    "FR-GB",
                    "2000@1986-01-01,1000@2016-11-21,1500@2017-02-27,2000@2017-03-15,0@2021-09-16,1000@2021-10-20,"
                            + "1500@2022-12-20,2000@2023-01-18"),
            // January 2021 (about: the day is not verified; tests were announced until at least the 18th: Argus).
            cable("IFA2", "FR-GB", "1000@2021-01-18"),
            // First flow and trade on 2022-05-25 (Getlink; Wikipedia).
            cable("ElecLink", "FR-GB", "1000@2022-05-25"),
            // April 2011 (Power Engineering International; about: the day is not verified).
            cable("BritNed", "NL-GB", "1000@2011-04-01"),
            // 2019-01-31 at midnight (National Grid; Elia).
            cable("Nemo", "BE-GB", "1000@2019-01-31"),
            // 700 MW from 2021-10-01 (National Grid, in 4C Offshore), to grow to 1,400 MW in a trial of three months
            // (Statnett; about: it took longer, for a fault in the English converter, and some of it was at 1,000 MW).
            // A
            // fault left 700 MW from 2023-06-08 to 2023-06-13: too short to be here.
            cable("NSL", "NO2-GB", "700@2021-10-01,1400@2022-01-01"),
            // 800 MW from 2023-12-29 for want of lines in West Jutland (Energinet); from 2024-01-14 all of it is
            // offered when
            // the lines allow (Wikipedia, Viking Link).
            cable("Viking", "DK1-GB", "800@2023-12-29,1400@2024-01-14"),
            // Two poles of 250 MW, in test from January 2002 (4ni, 2002-01-03). A pole failed on 2011-06-26 and the
            // other on
            // 2011-08-24 (Mutual Energy); 250 MW were back on 2012-01-18 (Utility Week), the rest at a day not known
            // (about:
            // it is counted from the same day), until half was lost again on 2012-06-23 (Belfast Telegraph), back early
            // in
            // 2016 with new return conductors (Utility Week, February 2017; about). The southern pole failed on
            // 2017-02-18;
            // repair was for the summer, by the end of September 2017 (Mutual Energy; about: from July on).
            cable(
                    "Moyle",
                    "NIR-GB",
                    "500@2002-01-03,250@2011-06-27,0@2011-08-25,500@2012-01-18,250@2012-06-24,500@2016-01-01,"
                            + "250@2017-02-19,500@2017-07-01"),
            // In interim use from 2012-12-01, in trade from 2012-12-21 (EirGrid, in ICIS). Out of use in autumn 2016
            // until
            // 2016-12-20, and then for some time with exports of 280 MW at most (Wikipedia): not here, its start is not
            // known.
            cable("East-West", "IE-GB", "500@2012-12-01"),
            // 2025-01-29 (Greenlink, in Offshore Energy, which says 504 MW; its own pages say 500).
            cable("Greenlink", "IE-GB", "500@2025-01-29"));

    private Cables() {}

    private static Cable cable(String name, String border, String capacities) {
        return new Cable(name, Border.parse(border), Cable.parseCapacities(capacities));
    }
}
