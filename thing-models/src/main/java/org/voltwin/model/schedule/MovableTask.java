package org.voltwin.model.schedule;

/** A task that has a place already and may get another when that helps; few of them should. */
public record MovableTask(ScheduleTask task, Assignment place) {}
