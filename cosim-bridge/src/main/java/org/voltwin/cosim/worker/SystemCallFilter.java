package org.voltwin.cosim.worker;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes from this process, for good, the system calls that a simulation has no use for: starting processes, network,
 * looking into or signalling other processes, mounting, kernel interfaces. They answer EPERM, so a model that tries
 * goes on or fails by itself. Works for every user (seccomp(2) with no_new_privs), on x86-64 Linux.
 */
final class SystemCallFilter {
    private static final int NO_NEW_PRIVILEGES = 38;
    private static final long SECCOMP = 317;
    private static final long SET_FILTER = 1;
    private static final long ALL_THREADS = 1;
    private static final int X86_64 = 0xC000003E;
    private static final int X32 = 0x40000000;
    private static final int ALLOW = 0x7FFF0000;
    private static final int REFUSE = 0x00050001; // errno 1, EPERM
    private static final int UNKNOWN = 0x00050026; // errno 38, ENOSYS: glibc then uses an older call
    private static final int CLONE = 56;
    private static final int CLONE3 = 435;
    private static final int CLONE_THREAD = 0x10000;
    private static final int TGKILL = 234;
    private static final int PRLIMIT64 = 302;

    /** By number in the kernel's table for x86-64. */
    private static final List<Integer> REFUSED = List.of(
            41, 42, 43, 49, 50, 288, // socket, connect, accept, bind, listen, accept4
            57, 58, 59, 322, // fork, vfork, execve, execveat
            62, 200, 129, 297, 424, 434, 438, // kill and its kind, pidfd
            101, 310, 311, 312, // ptrace, process_vm_readv and writev, kcmp
            133, 259, // mknod
            155, 161, 165, 166, 167, 168, 169, 272, 308, 428, 429, 430, 431, 432, 442, // mounts, namespaces, reboot
            103, 163, 164, 170, 171, 172, 173, 175, 176, 227, 246, 313, 320, // the machine's settings and modules
            160, // setrlimit
            248, 249, 250, 298, 304, 321, 323, 425, 426, 427); // keys, perf, handles, bpf, userfaultfd, io_uring

    private SystemCallFilter() {}

    /** Installs it in all threads; answers an empty text, or why it could not. */
    static String install() {
        if (!System.getProperty("os.arch").equals("amd64")) {
            return "the system call filter knows x86-64 only";
        }
        try (Arena arena = Arena.ofConfined()) {
            Linker linker = Linker.nativeLinker();
            MethodHandle prctl = linker.downcallHandle(
                    linker.defaultLookup().findOrThrow("prctl"),
                    FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG),
                    Linker.Option.firstVariadicArg(1));
            MethodHandle syscall = linker.downcallHandle(
                    linker.defaultLookup().findOrThrow("syscall"),
                    FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, ADDRESS),
                    Linker.Option.firstVariadicArg(1));
            int given = (int) prctl.invokeExact(NO_NEW_PRIVILEGES, 1L, 0L, 0L, 0L);
            long installed =
                    given == 0 ? (long) syscall.invokeExact(SECCOMP, SET_FILTER, ALL_THREADS, program(arena)) : -1;
            return installed == 0 ? "" : "the kernel refuses system call filters";
        } catch (Throwable e) {
            return "system call filters cannot be installed: " + e;
        }
    }

    /** The filter as the kernel's sock_fprog: a count, and 8 bytes per instruction. */
    private static MemorySegment program(Arena arena) {
        List<long[]> code = new ArrayList<>();
        code.add(load(4));
        code.add(jump(0x15, X86_64, 1, 0)); // equal: go on
        code.add(answer(REFUSE));
        code.add(load(0));
        refuseIf(code, 0x35, X32); // at or above: calls of the x32 interface
        code.add(jump(0x15, CLONE3, 0, 1));
        code.add(answer(UNKNOWN));
        for (int call : REFUSED) {
            refuseIf(code, 0x15, call);
        }
        code.add(jump(0x15, CLONE, 0, 4));
        code.add(load(16)); // clone's flags
        code.add(jump(0x45, CLONE_THREAD, 0, 1)); // bit set
        code.add(answer(ALLOW));
        code.add(answer(REFUSE));
        code.add(jump(0x15, TGKILL, 0, 4));
        code.add(load(16)); // tgkill's process: abort() signals its own
        code.add(jump(0x15, (int) ProcessHandle.current().pid(), 0, 1));
        code.add(answer(ALLOW));
        code.add(answer(REFUSE));
        code.add(jump(0x15, PRLIMIT64, 0, 4));
        code.add(load(32)); // prlimit's new limits: none when it only asks
        code.add(jump(0x15, 0, 0, 1));
        code.add(answer(ALLOW));
        code.add(answer(REFUSE));
        code.add(answer(ALLOW));
        MemorySegment instructions = arena.allocate(8L * code.size(), 8);
        for (int i = 0; i < code.size(); i++) {
            long[] words = code.get(i);
            instructions.set(JAVA_SHORT, 8L * i, (short) words[0]);
            instructions.set(JAVA_BYTE, 8L * i + 2, (byte) words[1]);
            instructions.set(JAVA_BYTE, 8L * i + 3, (byte) words[2]);
            instructions.set(JAVA_INT, 8L * i + 4, (int) words[3]);
        }
        MemorySegment program = arena.allocate(16, 8);
        program.set(JAVA_SHORT, 0, (short) code.size());
        program.set(ADDRESS, 8, instructions);
        return program;
    }

    private static void refuseIf(List<long[]> code, int comparison, int value) {
        code.add(jump(comparison, value, 0, 1));
        code.add(answer(REFUSE));
    }

    /** Loads a word of seccomp_data: 0 the call, 4 the architecture, 16 and on the arguments. */
    private static long[] load(int offset) {
        return new long[] {0x20, 0, 0, offset};
    }

    private static long[] jump(int comparison, int value, int whenTrue, int whenFalse) {
        return new long[] {comparison, whenTrue, whenFalse, value};
    }

    private static long[] answer(int what) {
        return new long[] {0x06, 0, 0, what};
    }
}
