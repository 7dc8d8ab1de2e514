import Glibc

/// What this process has used of the machine.
enum ProcessUsage {
    /// Of all threads, in the program and in the kernel.
    static var cpuSeconds: Double {
        let usage = usage
        return [usage.ru_utime, usage.ru_stime].map { Double($0.tv_sec) + Double($0.tv_usec) / 1_000_000 }.reduce(0, +)
    }

    /// The most memory it held at a time since the last reset, in MiB.
    static var peakMegabytes: Double { Double(peakKilobytes ?? usage.ru_maxrss) / 1_024 }

    /// Forgets the peak so far, where the kernel can.
    static func resetPeak() {
        guard let file = fopen("/proc/self/clear_refs", "w") else { return }
        fputs("5", file)
        fclose(file)
    }

    /// Lets the process have as many files as the system allows: a watcher takes up to four.
    static func raiseFileLimit(to wanted: Int) {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return }
        let before = limit
        limit.rlim_cur = max(limit.rlim_cur, rlim_t(wanted))
        limit.rlim_max = max(limit.rlim_max, limit.rlim_cur)
        // More than the hard limit only a privileged user gets.
        if setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) != 0 {
            limit = rlimit(rlim_cur: before.rlim_max, rlim_max: before.rlim_max)
            _ = setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        }
    }

    private static var usage: rusage {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        return usage
    }

    /// The peak since the last reset; nil where the kernel does not report it.
    private static var peakKilobytes: Int? {
        guard let file = fopen("/proc/self/status", "r") else { return nil }
        defer { fclose(file) }
        var line = [CChar](repeating: 0, count: 256)
        while fgets(&line, Int32(line.count), file) != nil {
            let words = String(decoding: line.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
                .split(whereSeparator: \.isWhitespace)
            if words.first == "VmHWM:", words.count > 1 { return Int(words[1]) }
        }
        return nil
    }
}
