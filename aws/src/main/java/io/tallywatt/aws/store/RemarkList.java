package io.tallywatt.aws.store;

import io.tallywatt.core.format.Notice;
import io.tallywatt.core.format.NoticeCode;
import io.tallywatt.core.format.Reject;
import io.tallywatt.core.format.Remarks;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Remarks of one reading: those of the document, and those that the store adds, which can be told on. */
final class RemarkList implements Remarks {
    private final List<Reject> rejects = new ArrayList<>();
    private final Map<NoticeCode, Notice> notices = new EnumMap<>(NoticeCode.class);
    private final List<Consumer<Remarks>> own = new ArrayList<>();
    private final long elsewhere;

    RemarkList() {
        this(0);
    }

    /** @param elsewhere how many rejects there are that are kept already */
    RemarkList(long elsewhere) {
        this.elsewhere = elsewhere;
    }

    void addAll(Iterator<Reject> more) {
        more.forEachRemaining(rejects::add);
    }

    void addAll(List<Notice> more) {
        more.forEach(this::add);
    }

    private void add(Notice notice) {
        notices.merge(notice.code(), notice, RemarkList::both);
    }

    private static Notice both(Notice a, Notice b) {
        Notice first = b.firstLine() < a.firstLine() ? b : a;
        return new Notice(a.code(), a.count() + b.count(), first.firstLine(), first.message());
    }

    @Override
    public void reject(Reject reject) {
        rejects.add(reject);
        own.add(to -> to.reject(reject));
    }

    @Override
    public void notice(NoticeCode code, long line, String message) {
        add(new Notice(code, 1, line, message));
        own.add(to -> to.notice(code, line, message));
    }

    /** Tells on what the store added. */
    void tellOwn(Remarks to) {
        own.forEach(remark -> remark.accept(to));
    }

    /** By line. */
    List<Reject> rejects() {
        return rejects.stream().sorted(Comparator.comparingLong(Reject::line)).toList();
    }

    long rejected() {
        return elsewhere + rejects.size();
    }

    List<Notice> notices() {
        return List.copyOf(notices.values());
    }
}
