package io.tallywatt.core.alert;

class InMemoryAlertLogTest extends AlertLogContract {
    @Override
    protected AlertLog open() {
        return new InMemoryAlertLog();
    }

    @Override
    protected AlertLog reopen(AlertLog before) {
        return new InMemoryAlertLog((InMemoryAlertLog) before);
    }
}
