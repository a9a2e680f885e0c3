package org.voltwin.doe.classical;

import java.util.Optional;

/** A field of p or p squared elements, p an odd prime; elements are 0..q-1. Only what Paley's constructions need. */
final class GaloisField {
    private final int prime;
    private final int size;
    private final int nonResidue;
    private final boolean[] square;

    private GaloisField(int prime, int size) {
        this.prime = prime;
        this.size = size;
        this.nonResidue = nonResidue(prime);
        this.square = new boolean[size];
        for (int a = 1; a < size; a++) {
            square[times(a, a)] = true;
        }
    }

    static Optional<GaloisField> of(int size) {
        int root = (int) Math.round(Math.sqrt(size));
        if (size > 2 && isPrime(size)) {
            return Optional.of(new GaloisField(size, size));
        }
        return root > 2 && root * root == size && isPrime(root)
                ? Optional.of(new GaloisField(root, size))
                : Optional.empty();
    }

    private static boolean isPrime(int n) {
        for (int d = 2; d * d <= n; d++) {
            if (n % d == 0) {
                return false;
            }
        }
        return n > 1;
    }

    private static int nonResidue(int prime) {
        boolean[] residue = new boolean[prime];
        for (int a = 1; a < prime; a++) {
            residue[a * a % prime] = true;
        }
        int n = 1;
        while (n < prime && residue[n]) {
            n++;
        }
        return n;
    }

    int size() {
        return size;
    }

    int minus(int a, int b) {
        int low = Math.floorMod(a % prime - b % prime, prime);
        int high = Math.floorMod(a / prime - b / prime, prime);
        return low + prime * high;
    }

    /** Elements a0 + a1 w with w squared the non-residue. */
    private int times(int a, int b) {
        if (size == prime) {
            return (int) ((long) a * b % prime);
        }
        int low = a % prime * (b % prime) + nonResidue * (a / prime) * (b / prime);
        int high = a % prime * (b / prime) + a / prime * (b % prime);
        return low % prime + prime * (high % prime);
    }

    /** The quadratic character: 0 for 0, 1 for squares, -1 for the rest. */
    int character(int a) {
        return a == 0 ? 0 : square[a] ? 1 : -1;
    }
}
