package org.voltwin.doe.sequential;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.voltwin.doe.linear.Symmetric;

/**
 * A Gaussian process with a constant mean and a Matern 5/2 kernel with a length per dimension: Rasmussen and Williams,
 * Gaussian Processes for Machine Learning, MIT Press 2006, sections 2.2, 4.2 and 5.4. Inputs in the unit cube. Mean and
 * variance are those of the largest likelihood given lengths and noise.
 */
final class GaussianProcess {
    static final double ROOT5 = Math.sqrt(5);

    private final List<double[]> inputs;
    private final double[] outputs;
    private final double[] lengths;
    /** Variance of a measurement over the variance of the process. */
    private final double noise;

    private final Triangular factor;
    private final double mean;
    private final double variance;
    /** Of the inputs' kernels in a prediction. */
    private final double[] weights;

    private GaussianProcess(
            List<double[]> inputs, double[] outputs, double[] lengths, double noise, Triangular factor) {
        this.inputs = inputs;
        this.outputs = outputs;
        this.lengths = lengths;
        this.noise = noise;
        this.factor = factor;
        double[] ones = new double[outputs.length];
        Arrays.fill(ones, 1);
        double[] a = factor.forward(outputs);
        double[] b = factor.forward(ones);
        this.mean = Symmetric.dot(a, b) / Symmetric.dot(b, b);
        subtract(a, mean, b);
        this.variance = Math.max(1e-12, Symmetric.dot(a, a) / outputs.length);
        this.weights = factor.backward(a);
    }

    /** A prediction of the function itself, without the noise of a measurement. */
    record Prediction(double mean, double deviation) {}

    /** The process; empty if two inputs are too near to each other for this noise. */
    static Optional<GaussianProcess> of(List<double[]> inputs, double[] outputs, double[] lengths, double noise) {
        int n = inputs.size();
        double[][] covariance = new double[n][];
        for (int i = 0; i < n; i++) {
            covariance[i] = new double[i + 1];
            for (int j = 0; j < i; j++) {
                covariance[i][j] = kernel(inputs.get(i), inputs.get(j), lengths);
            }
            covariance[i][i] = 1 + noise;
        }
        return Triangular.of(covariance)
                .map(found -> new GaussianProcess(List.copyOf(inputs), outputs.clone(), lengths.clone(), noise, found));
    }

    /** A process of the same lengths and noise with other results; empty if two inputs are too near to each other. */
    Optional<GaussianProcess> of(List<double[]> others, double[] theirs) {
        return of(others, theirs, lengths, noise);
    }

    /** The process with one more result and the same lengths and noise; the same if it brings nothing new. */
    GaussianProcess with(double[] input, double output) {
        int n = inputs.size();
        double[] row = new double[n + 1];
        for (int j = 0; j < n; j++) {
            row[j] = kernel(inputs.get(j), input, lengths);
        }
        row[n] = 1 + noise;
        List<double[]> more = new java.util.ArrayList<>(inputs);
        more.add(input);
        double[] outcomes = Arrays.copyOf(outputs, n + 1);
        outcomes[n] = output;
        return factor.with(row)
                .map(grown -> new GaussianProcess(List.copyOf(more), outcomes, lengths, noise, grown))
                .orElse(this);
    }

    static double kernel(double[] a, double[] b, double[] lengths) {
        double squared = 0;
        for (int i = 0; i < a.length; i++) {
            double d = (a[i] - b[i]) / lengths[i];
            squared += d * d;
        }
        double r = ROOT5 * Math.sqrt(squared);
        return (1 + r + r * r / 3) * Math.exp(-r);
    }

    /** Natural logarithm of the likelihood with mean and variance profiled out, without constants. */
    double logLikelihood() {
        return -0.5 * (outputs.length * Math.log(variance) + factor.logDeterminant());
    }

    /** Derivatives of {@link #logLikelihood()} by the logarithm of each length, and last by that of the noise. */
    double[] gradient() {
        int n = outputs.length;
        int k = lengths.length;
        double[] gradient = new double[k + 1];
        double[][] inverse = factor.inverse();
        double[] squares = new double[k];
        for (int i = 0; i < n; i++) {
            double[] x = inputs.get(i);
            for (int j = 0; j < i; j++) {
                double[] z = inputs.get(j);
                double squared = 0;
                for (int f = 0; f < k; f++) {
                    double d = (x[f] - z[f]) / lengths[f];
                    squares[f] = d * d;
                    squared += squares[f];
                }
                double r = ROOT5 * Math.sqrt(squared);
                // Both halves of the symmetric matrices at once: half of the trace, twice.
                double common = (weights[i] * weights[j] / variance - inverse[i][j]) * 5.0 / 3 * (1 + r) * Math.exp(-r);
                for (int f = 0; f < k; f++) {
                    gradient[f] += common * squares[f];
                }
            }
            gradient[k] += 0.5 * noise * (weights[i] * weights[i] / variance - inverse[i][i]);
        }
        return gradient;
    }

    /** Variance of the process if it had other outputs. */
    double varianceOf(double[] others) {
        double[] ones = new double[others.length];
        Arrays.fill(ones, 1);
        double[] a = factor.forward(others);
        double[] b = factor.forward(ones);
        subtract(a, Symmetric.dot(a, b) / Symmetric.dot(b, b), b);
        return Symmetric.dot(a, a) / others.length;
    }

    private static void subtract(double[] from, double times, double[] what) {
        for (int i = 0; i < from.length; i++) {
            from[i] -= times * what[i];
        }
    }

    /** Logarithms of the lengths, then of the noise. */
    double[] logarithms() {
        double[] logarithms = new double[lengths.length + 1];
        for (int f = 0; f < lengths.length; f++) {
            logarithms[f] = Math.log(lengths[f]);
        }
        logarithms[lengths.length] = Math.log(noise);
        return logarithms;
    }

    /** Far from all results. */
    double mean() {
        return mean;
    }

    double variance() {
        return variance;
    }

    /** Standard deviation of a measurement. */
    double noiseDeviation() {
        return Math.sqrt(variance * noise);
    }

    /** Of {@link #at(double[])}, without the deviation, which takes much longer. */
    double mean(double[] point) {
        double sum = mean;
        for (int i = 0; i < weights.length; i++) {
            sum += weights[i] * kernel(inputs.get(i), point, lengths);
        }
        return sum;
    }

    Prediction at(double[] point) {
        double[] k = new double[inputs.size()];
        for (int i = 0; i < k.length; i++) {
            k[i] = kernel(inputs.get(i), point, lengths);
        }
        double[] v = factor.forward(k);
        double left = Math.max(1e-14, 1 - Symmetric.dot(v, v));
        return new Prediction(mean + Symmetric.dot(k, weights), Math.sqrt(variance * left));
    }
}
