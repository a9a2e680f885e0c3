package org.voltwin.cosim.coupling;

/** When the parts of a step are shared out over threads. */
interface Sharing {
    /** By what steps are measured to take. */
    Sharing MEASURED = new Sharing() {
        /** Handing over and waiting takes some microseconds. */
        private static final double LEAST_SAVED_NANOSECONDS = 20_000;

        /** Below it the other thread's work is worth more to whoever else needs a processor. */
        private static final double LEAST_GAIN = 1.1;

        @Override
        public boolean isWorthATrial(double savedNanoseconds) {
            return savedNanoseconds > LEAST_SAVED_NANOSECONDS;
        }

        @Override
        public boolean pays(double aloneNanoseconds, double togetherNanoseconds) {
            return aloneNanoseconds > LEAST_GAIN * togetherNanoseconds;
        }
    };

    /**
     * Whether to try it.
     *
     * @param savedNanoseconds what an evaluation would take less if handing over took no time
     */
    boolean isWorthATrial(double savedNanoseconds);

    /** Whether to go on with it, by the medians of what evaluations took in the trial. */
    boolean pays(double aloneNanoseconds, double togetherNanoseconds);
}
