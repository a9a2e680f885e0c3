package org.voltwin.doe.schedule.shop;

import java.util.List;

/**
 * A flexible job shop: each job is a chain of operations, each operation runs on one of several machines.
 *
 * @param machines number of machines; they are numbered from 0
 * @param jobs operations of each job in their order
 */
public record FlexibleShop(int machines, List<List<Operation>> jobs) {
    /** A machine and how long the operation takes on it. */
    public record Choice(int machine, int duration) {}

    /** One step of a job. */
    public record Operation(List<Choice> choices) {
        public Operation {
            choices = List.copyOf(choices);
        }
    }

    public FlexibleShop {
        jobs = jobs.stream().map(List::copyOf).toList();
        for (List<Operation> job : jobs) {
            for (Operation operation : job) {
                if (operation.choices().isEmpty()) {
                    throw new IllegalArgumentException("An operation of the shop has no machine");
                }
                for (Choice choice : operation.choices()) {
                    if (choice.machine() < 0 || choice.machine() >= machines || choice.duration() < 1) {
                        throw new IllegalArgumentException(
                                choice + " is outside of " + machines + " machines or shorter than 1");
                    }
                }
            }
        }
    }

    public int operations() {
        return jobs.stream().mapToInt(List::size).sum();
    }
}
