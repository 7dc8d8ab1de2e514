import ArgumentParser
import Glibc

/// A standard stream; output is written whole and at once.
struct StandardStream: Sendable {
    static let input = StandardStream(descriptor: STDIN_FILENO)
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

    /// The columns of the terminal; nil for anything else, and for a terminal that does not say.
    var columns: Int? {
        var size = winsize()
        guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
        return Int(size.ws_col)
    }

    /// True for a terminal that shows colours, unless its user wants none (https://no-color.org).
    private var hasColors: Bool {
        isTerminal && Self.variable("TERM") != "dumb" && (Self.variable("NO_COLOR") ?? "").isEmpty
    }

    private static func variable(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }

    /// The text in a colour, where colours are shown.
    func colored(_ text: String, _ color: Color) -> String {
        guard hasColors else { return text }
        return "\u{1b}[\(color.rawValue)m\(text)\u{1b}[0m"
    }

    func write(_ text: String) { write(Array(text.utf8)) }

    /// Writes all bytes; ends the process when the reader is gone, as a command in a pipe should.
    func write(_ bytes: [UInt8]) {
        if let error = tryWriting(bytes) { fail(error) }
    }

    /// Writes all bytes.
    ///
    /// - Returns: why not all could be written; nil when they were.
    func tryWriting(_ bytes: [UInt8]) -> Int32? {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count >= 0 {
                rest = rest.dropFirst(count)
            } else if errno == EAGAIN {
                var ready = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                _ = poll(&ready, 1, -1)
            } else if errno != EINTR {
                return errno
            }
        }
        return nil
    }

    /// Ends the process: quietly when the reader is gone, otherwise with the reason, for example a full disk.
    func fail(_ code: Int32) -> Never {
        guard code != EPIPE else { exit(128 + SIGPIPE) }
        if descriptor != STDERR_FILENO {
            Self.error.write("error: Cannot write the output: \(String(cString: strerror(code))).\n")
        }
        exit(ExitCode.refused.rawValue)
    }
}
