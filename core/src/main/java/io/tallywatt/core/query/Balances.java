package io.tallywatt.core.query;

import io.tallywatt.core.time.Interval;
import io.tallywatt.core.time.Moment;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What sites made and used over a range, exact: each of them, all together, and step by step.
 *
 * @param total of all sites
 * @param sites by key; those without any record in the range are absent
 * @param steps of all sites, by time; of what nothing came there is no step
 */
public record Balances(Balance total, List<OfSite> sites, List<OfStep> steps) {
    /**
     * Sums, kWh. Only what counts is part of them; null where nothing counts.
     *
     * @param records how many records they are of
     * @param net what was made less what was used, of all records in which both are known
     */
    public record Balance(
            @Nullable BigDecimal generated,
            @Nullable BigDecimal consumed,
            @Nullable BigDecimal net,
            long records) {}

    /** @param last end of the site's last record in the range */
    public record OfSite(String site, Balance balance, Instant last) {}

    /** @param sites how many sites have a record in it */
    public record OfStep(Interval interval, Balance balance, int sites) {}

    private static final class Sum {
        private @Nullable BigDecimal generated;
        private @Nullable BigDecimal consumed;
        private @Nullable BigDecimal net;
        private long records;
        private Instant last = Instant.MIN;

        void add(SiteRecord sent) {
            @Nullable BigDecimal made = counted(sent.generation());
            @Nullable BigDecimal used = counted(sent.consumption());
            generated = plus(generated, made);
            consumed = plus(consumed, used);
            net = plus(net, made == null || used == null ? null : made.subtract(used));
            records++;
            last = sent.interval().end().isAfter(last) ? sent.interval().end() : last;
        }

        /** What is impossible is part of no sum. */
        private static @Nullable BigDecimal counted(SiteRecord.@Nullable Side side) {
            return side == null || !side.quality().counts() ? null : side.energyKwh();
        }

        private static @Nullable BigDecimal plus(@Nullable BigDecimal sum, @Nullable BigDecimal more) {
            return sum == null ? more : more == null ? sum : sum.add(more);
        }

        Balance balance() {
            return new Balance(generated, consumed, net, records);
        }
    }

    /** Adds up what is asked for. */
    public static Balances of(Records records, @Nullable Moment from, @Nullable Moment to, Every every) {
        Sum total = new Sum();
        TreeMap<String, Sum> sites = new TreeMap<>();
        TreeMap<Interval, TreeMap<String, Sum>> steps =
                new TreeMap<>(Comparator.comparing(Interval::start).thenComparing(Interval::end));
        Iterator<SiteRecord> all = records.all(new RecordSearch(null, from, to, null));
        while (all.hasNext()) {
            SiteRecord sent = all.next();
            total.add(sent);
            sites.computeIfAbsent(sent.site(), s -> new Sum()).add(sent);
            steps.computeIfAbsent(every.around(sent.interval().start(), sent.zone()), i -> new TreeMap<>())
                    .computeIfAbsent(sent.site(), s -> new Sum())
                    .add(sent);
        }
        List<OfSite> bySite = new ArrayList<>();
        sites.forEach((site, sum) -> bySite.add(new OfSite(site, sum.balance(), sum.last)));
        List<OfStep> byStep = new ArrayList<>();
        steps.forEach((interval, sums) -> {
            Sum both = new Sum();
            sums.values().forEach(sum -> {
                both.generated = Sum.plus(both.generated, sum.generated);
                both.consumed = Sum.plus(both.consumed, sum.consumed);
                both.net = Sum.plus(both.net, sum.net);
                both.records += sum.records;
            });
            byStep.add(new OfStep(interval, both.balance(), sums.size()));
        });
        return new Balances(total.balance(), List.copyOf(bySite), List.copyOf(byStep));
    }
}
