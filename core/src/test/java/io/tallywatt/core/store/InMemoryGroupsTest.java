package io.tallywatt.core.store;

class InMemoryGroupsTest extends GroupsContract {
    private final InMemoryGroups groups = new InMemoryGroups();

    @Override
    protected Groups open() {
        return groups;
    }
}
