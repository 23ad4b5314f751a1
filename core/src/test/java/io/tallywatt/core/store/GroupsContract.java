package io.tallywatt.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallywatt.core.store.MeterGroup.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every {@link Groups} does. */
public abstract class GroupsContract {
    /** One without groups; called twice in a test, the same one opened again: the one before is not used any more. */
    protected abstract Groups open() throws Exception;

    private static MeterGroup group(String key, String... meters) {
        return MeterGroup.of(key, "Group " + key, List.of(meters));
    }

    @Test
    void keepsAGroupWhole() throws Exception {
        Groups groups = open();
        assertThat(groups.list("", 10)).isEmpty();
        assertThat(groups.find("north")).isEmpty();
        MeterGroup north = MeterGroup.of("north", "Nørd, \"die\" 'Halle'", List.of("M2", "M10", "a/b c~\n", "M1"));

        assertThat(groups.put(north)).isTrue();

        Groups again = open();
        assertThat(again.find("north")).contains(north);
        assertThat(again.find("north").orElseThrow().digest()).isEqualTo(north.digest());
        assertThat(again.list("", 10)).containsExactly(new Entry("north", north.name(), 4));
    }

    @Test
    void putsAGroupInPlaceOfAnother() throws Exception {
        Groups groups = open();
        assertThat(groups.put(group("a", "M1", "M2", "M3"))).isTrue();
        assertThat(groups.put(group("b", "M1"))).isTrue();

        assertThat(groups.put(new MeterGroup("a", "", List.of()))).isFalse();

        assertThat(groups.find("a")).contains(new MeterGroup("a", "", List.of()));
        assertThat(groups.find("b")).contains(group("b", "M1"));
        assertThat(open().list("", 10)).containsExactly(new Entry("a", "", 0), new Entry("b", "Group b", 1));
    }

    @Test
    void forgetsAGroupOnce() throws Exception {
        Groups groups = open();
        assertThat(groups.put(group("a", "M1"))).isTrue();
        assertThat(groups.put(group("b", "M1"))).isTrue();

        assertThat(groups.remove("a")).isTrue();

        assertThat(groups.remove("a")).isFalse();
        assertThat(groups.remove("none")).isFalse();
        assertThat(groups.find("a")).isEmpty();
        Groups again = open();
        assertThat(again.list("", 10)).containsExactly(group("b", "M1").entry());
        assertThat(again.put(group("a", "M7"))).isTrue();
        assertThat(again.find("a")).contains(group("a", "M7"));
    }

    @Test
    void listsByKeyAPageAtATime() throws Exception {
        Groups groups = open();
        for (String key : List.of("b", "a", "B", "a.1", "a-1", "_x", "9", "a:1")) {
            assertThat(groups.put(group(key, "M1"))).isTrue();
        }
        List<String> keys = new ArrayList<>();
        String after = "";
        for (List<Entry> page = groups.list(after, 3); !page.isEmpty(); page = groups.list(after, 3)) {
            assertThat(page).hasSizeLessThanOrEqualTo(3);
            page.forEach(entry -> keys.add(entry.key()));
            after = page.getLast().key();
        }
        assertThat(keys).containsExactly("9", "B", "_x", "a", "a-1", "a.1", "a:1", "b");
    }

    @Test
    void aGroupMayBeLarge() throws Exception {
        Groups groups = open();
        MeterGroup large = MeterGroup.of(
                "all",
                "",
                IntStream.range(0, MeterGroup.MOST_METERS)
                        .mapToObj(i -> "EE" + Integer.toHexString(i * 0x9E3779B9) + "-" + i)
                        .toList());
        assertThat(groups.put(large)).isTrue();
        assertThat(groups.put(large)).isFalse();
        Groups again = open();
        assertThat(again.find("all")).contains(large);
        assertThat(again.list("", 1)).containsExactly(new Entry("all", "", MeterGroup.MOST_METERS));
        assertThat(again.remove("all")).isTrue();
        assertThat(again.find("all")).isEmpty();
    }
}
