"""What a worker may use. It reads files that strangers wrote, with libraries written in C and Rust."""

import ctypes
import os
import platform
import resource
import struct
import sys

# socket, connect, sendto, execve, execveat, fork, vfork, ptrace, io_uring_setup (which has sockets of its own)
DENIED = {
    "x86_64": (0xC000003E, (41, 42, 44, 59, 322, 57, 58, 101, 425)),
    "aarch64": (0xC00000B7, (198, 203, 206, 221, 281, 117, 425)),
}
# From here on x86 has each call a second time.
SECOND_TABLE = 0x40000000
PR_SET_NO_NEW_PRIVS, PR_SET_SECCOMP, SECCOMP_MODE_FILTER = 38, 22, 2
ALLOW, DENY = 0x7FFF0000, 0x00050000 | 13  # errno EACCES


def limit_memory(size_bytes):
    resource.setrlimit(resource.RLIMIT_AS, (size_bytes, size_bytes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def limit_cpu(seconds):
    """From now on; the kernel ends the process with SIGXCPU."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    resource.setrlimit(resource.RLIMIT_CPU, (int(usage.ru_utime + usage.ru_stime) + 1 + seconds, hard))


def deny_network_and_programs():
    """No sockets and no other programs from here on, by a kernel filter where there is one. True when it holds."""
    sys.addaudithook(_refuse)
    arch, denied = DENIED.get(platform.machine(), (0, ()))
    if not denied or not sys.platform.startswith("linux"):
        return False
    # Load arch: another arch's numbers mean other calls, so it jumps to the last line. Then compare the call's number.
    count = len(denied)
    lines = [(0x20, 0, 0, 4), (0x15, 0, count + 3, arch), (0x20, 0, 0, 0), (0x35, count + 1, 0, SECOND_TABLE)]
    lines += [(0x15, count - index, 0, number) for index, number in enumerate(denied)]
    lines += [(0x06, 0, 0, ALLOW), (0x06, 0, 0, DENY)]
    code = b"".join(struct.pack("HBBI", *line) for line in lines)
    buffer = ctypes.create_string_buffer(code, len(code))
    program = struct.pack("HxxxxxxP", len(lines), ctypes.addressof(buffer))
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        return False
    return libc.prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, ctypes.create_string_buffer(program, len(program)), 0, 0) == 0


def _refuse(event, _args):
    if event.startswith("socket.") or event in ("subprocess.Popen", "os.exec", "os.fork", "os.system"):
        raise PermissionError(f"a parser may not use {event}")


def go_first():
    """A worker must not outlive the service that was killed, and where memory ends it is the one to end."""
    try:
        with open("/proc/self/oom_score_adj", "w") as file:
            file.write("1000")
    except OSError:
        pass
    if sys.platform.startswith("linux"):
        parent = os.getppid()
        ctypes.CDLL(None).prctl(1, 9, 0, 0, 0)
        if os.getppid() != parent:
            os._exit(1)
