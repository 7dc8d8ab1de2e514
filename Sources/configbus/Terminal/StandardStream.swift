import Glibc

/// Standard output or standard error, written whole and at once.
struct StandardStream: Sendable {
    static let output = StandardStream(descriptor: STDOUT_FILENO)
    static let error = StandardStream(descriptor: STDERR_FILENO)

    /// A colour of ECMA-48.
    enum Color: String {
        case red = "31"
        case green = "32"
        case yellow = "33"
        case faint = "2"
    }

    let descriptor: Int32

    /// True when a person reads it.
    var isTerminal: Bool { isatty(descriptor) == 1 }

    /// The text in a colour, when this is a terminal and `NO_COLOR` is not set.
    func colored(_ text: String, _ color: Color) -> String {
        guard isTerminal, getenv("NO_COLOR") == nil else { return text }
        return "\u{1b}[\(color.rawValue)m\(text)\u{1b}[0m"
    }

    func write(_ text: String) { write(Array(text.utf8)) }

    /// Writes all bytes; ends the process when the reader is gone, as a command in a pipe should.
    func write(_ bytes: [UInt8]) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count >= 0 {
                rest = rest.dropFirst(count)
            } else if errno == EAGAIN {
                var ready = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                _ = poll(&ready, 1, -1)
            } else if errno != EINTR {
                exit(errno == EPIPE ? 128 + SIGPIPE : ExitCodes.outputFailed)
            }
        }
    }

    private enum ExitCodes {
        /// The output could not be written, for example because the disk is full.
        static let outputFailed: Int32 = 3
    }
}
