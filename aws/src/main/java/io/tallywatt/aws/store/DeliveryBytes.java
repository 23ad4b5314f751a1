package io.tallywatt.aws.store;

import io.tallywatt.core.format.Notice;
import io.tallywatt.core.format.NoticeCode;
import io.tallywatt.core.store.Counts;
import io.tallywatt.core.store.Delivery;
import io.tallywatt.core.store.DeliveryState;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An entry of the ledger as bytes. */
final class DeliveryBytes {
    private DeliveryBytes() {}

    static byte[] of(Delivery d) {
        ByteWriter to = new ByteWriter();
        to.unsigned(d.id()).text(d.name()).text(d.digest()).unsigned(d.bytes());
        to.text(d.format()).text(d.settings()).text(d.zone());
        to.signed(Tickets.micros(d.receivedAt())).signed(Tickets.micros(d.knownAt()));
        to.text(d.state().name());
        @Nullable String reason = d.reason();
        to.octet(reason == null ? 0 : 1);
        if (reason != null) {
            to.text(reason);
        }
        Counts c = d.counts();
        to.unsigned(c.rows()).unsigned(c.rejected()).unsigned(c.readings());
        to.unsigned(c.created()).unsigned(c.unchanged()).unsigned(c.extended());
        to.unsigned(c.corrected()).unsigned(c.removed());
        notices(d.notices(), to);
        return to.packed(300);
    }

    static void notices(List<Notice> notices, ByteWriter to) {
        to.unsigned(notices.size());
        for (Notice notice : notices) {
            to.text(notice.code().name()).unsigned(notice.count()).unsigned(notice.firstLine());
            to.text(notice.message());
        }
    }

    static Delivery read(byte[] bytes) {
        ByteReader from = ByteReader.of(bytes);
        return new Delivery(
                from.unsigned(),
                from.text(),
                from.text(),
                from.unsigned(),
                from.text(),
                from.text(),
                from.text(),
                Tickets.instant(from.signed()),
                Tickets.instant(from.signed()),
                DeliveryState.valueOf(from.text()),
                from.octet() == 0 ? null : from.text(),
                new Counts(
                        from.unsigned(),
                        from.unsigned(),
                        from.unsigned(),
                        from.unsigned(),
                        from.unsigned(),
                        from.unsigned(),
                        from.unsigned(),
                        from.unsigned()),
                notices(from));
    }

    static List<Notice> notices(ByteReader from) {
        List<Notice> notices = new ArrayList<>();
        for (int n = from.count(); n > 0; n--) {
            notices.add(new Notice(NoticeCode.valueOf(from.text()), from.unsigned(), from.unsigned(), from.text()));
        }
        return notices;
    }
}
