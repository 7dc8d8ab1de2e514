import Dispatch
import FoundationEssentials
import Glibc
import SystemPackage

/// The service manager that started this process, such as systemd: it reads how the process is from datagrams that come to the
/// socket which `NOTIFY_SOCKET` names (sd_notify(3)).
struct ServiceManager: Sendable, Equatable {
    /// What a manager can be told.
    enum Notice: Equatable {
        /// The process does its work; with a line for `systemctl status`, where it changed.
        case ready(String?)
        /// Settings are read again; `ready` follows.
        case reloading
        /// The process ends.
        case stopping
        /// The process still works.
        case alive
    }

    /// As the system has it: a path, or a zero byte in front of an abstract name.
    let address: [UInt8]
    /// How often `alive` is due: twice within the time after which the manager takes the process for hung; nil when it does not
    /// watch this process.
    let interval: Duration?

    /// The one that the environment names; nil when there is none.
    static var fromEnvironment: ServiceManager? { ServiceManager(ProcessInfo.processInfo.environment) }

    /// - Parameter environment: variables by name.
    init?(_ environment: [String: String]) {
        guard let name = environment["NOTIFY_SOCKET"], name.hasPrefix("/") || name.hasPrefix("@"),
            (2...Self.longestAddress).contains(name.utf8.count)
        else { return nil }
        address = name.hasPrefix("@") ? [0] + name.utf8.dropFirst() : Array(name.utf8)
        interval = Self.watchdog(environment)
    }

    /// `sun_path` has 108 bytes, the last of which is left for the zero behind a path.
    private static let longestAddress = 107

    private static func watchdog(_ environment: [String: String]) -> Duration? {
        guard let limit = environment["WATCHDOG_USEC"].flatMap({ Int64($0) }), limit > 1 else { return nil }
        // The variable may have been inherited from a process that is the one to be watched.
        if let watched = environment["WATCHDOG_PID"], watched != String(getpid()) { return nil }
        return .microseconds(limit / 2)
    }

    /// Sends a notice. One that cannot be delivered is left out: a manager that is away must not hold up the service.
    ///
    /// - Returns: nil when it was sent, otherwise why not.
    @discardableResult
    func send(_ notice: Notice) -> Errno? {
        let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { return Errno(rawValue: errno) }
        defer { Glibc.close(descriptor) }
        var place = sockaddr_un()
        place.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &place.sun_path) { $0.copyBytes(from: address) }
        // An abstract name ends where the address does, so its length counts.
        let length = socklen_t(MemoryLayout<sa_family_t>.size + address.count)
        let text = Array(notice.text.utf8)
        let sent = withUnsafePointer(to: &place) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                sendto(descriptor, text, text.count, Int32(MSG_NOSIGNAL | MSG_DONTWAIT), $0, length)
            }
        }
        return sent == text.count ? nil : Errno(rawValue: errno)
    }
}

extension ServiceManager.Notice {
    /// Assignments, one a line.
    fileprivate var text: String {
        switch self {
        case .ready(let status): "READY=1\n" + (status.map { "STATUS=\($0)\n" } ?? "")
        case .reloading: "RELOADING=1\nMONOTONIC_USEC=\(Self.monotonicMicroseconds)\n"
        case .stopping: "STOPPING=1\nSTATUS=stopping\n"
        case .alive: "WATCHDOG=1\n"
        }
    }

    /// The clock that the manager compares with: CLOCK_MONOTONIC, as `DispatchTime` reads it. `timespec` belongs to one module or
    /// another, by what is built first.
    private static var monotonicMicroseconds: Int64 {
        Int64(DispatchTime.now().uptimeNanoseconds / 1_000)
    }
}
