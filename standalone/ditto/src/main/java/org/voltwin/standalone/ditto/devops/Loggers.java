package org.voltwin.standalone.ditto.devops;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.slf4j.LoggerFactory;

/** The levels of this process's loggers, readable and changeable while it runs. */
public final class Loggers {
    private static final List<String> LEVELS = List.of("off", "error", "warn", "info", "debug", "trace", "all");

    /** A logger with a level of its own; in lower case. */
    public record Setting(String logger, String level) {}

    private static LoggerContext context() {
        return (LoggerContext) LoggerFactory.getILoggerFactory();
    }

    /** By name; the root logger is called {@code ROOT}. */
    public List<Setting> all() {
        return context().getLoggerList().stream()
                .filter(logger -> logger.getLevel() != null)
                .map(logger -> new Setting(
                        logger.getName(), logger.getLevel().toString().toLowerCase(Locale.ROOT)))
                .sorted(Comparator.comparing(Setting::logger))
                .toList();
    }

    /** @throws IllegalArgumentException when there is no such level */
    public void set(Setting setting) {
        String level = setting.level().toLowerCase(Locale.ROOT);
        if (!LEVELS.contains(level)) {
            throw new IllegalArgumentException("'" + setting.level() + "' is no level; known are " + LEVELS + ".");
        }
        Logger logger = context().getLogger(setting.logger());
        logger.setLevel(Level.toLevel(level));
    }
}
