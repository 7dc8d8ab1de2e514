#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// What the system says about the process, under the names that every exporter uses.
struct ProcessFigures: Sendable, Equatable {
    /// Of a processor, in user and system mode.
    let cpuSeconds: Double
    let residentBytes: Int
    let openDescriptors: Int
    /// Since 1970.
    let startedAt: Double

    /// Nil where there is no `/proc`.
    init?() {
        let ticks = Double(sysconf(Int32(_SC_CLK_TCK)))
        guard ticks > 0, let stat = Self.fields(of: "/proc/self/stat"), stat.count > 21,
            let user = Double(stat[11]), let system = Double(stat[12]), let start = Double(stat[19]),
            let pages = Int(stat[21]), let bootedAt = Self.bootTime, let descriptors = Self.descriptorCount
        else { return nil }
        cpuSeconds = (user + system) / ticks
        residentBytes = pages * Int(sysconf(Int32(_SC_PAGESIZE)))
        openDescriptors = descriptors
        startedAt = bootedAt + start / ticks
    }

    /// The fields from the state on; the name of the program before it may hold anything.
    private static func fields(of path: String) -> [Substring]? {
        guard let text = text(of: path), let end = text.lastIndex(of: ")") else { return nil }
        return text[end...].dropFirst().split(separator: " ")
    }

    private static var bootTime: Double? {
        text(of: "/proc/stat")?.split(separator: "\n").first { $0.hasPrefix("btime ") }
            .flatMap { Double($0.dropFirst("btime ".count)) }
    }

    /// Without the one with which they are counted.
    private static var descriptorCount: Int? {
        guard let folder = opendir("/proc/self/fd") else { return nil }
        defer { closedir(folder) }
        var count = 0
        while let entry = readdir(folder) {
            if entry.pointee.d_name.0 != CChar(bitPattern: UInt8(ascii: ".")) { count += 1 }
        }
        return count - 1
    }

    private static func text(of path: String) -> String? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 16_384)
        while true {
            let count = read(descriptor, &piece, piece.count)
            guard count > 0 else { return count == 0 ? String(decoding: bytes, as: UTF8.self) : nil }
            bytes += piece.prefix(count)
        }
    }
}
