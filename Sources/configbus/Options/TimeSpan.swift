import ArgumentParser

/// A duration on the command line: `500ms`, `30s`, `5m`, `2h`, or whole seconds.
struct TimeSpan: ExpressibleByArgument, Sendable, Equatable {
    let duration: Duration
    private let text: String

    init?(argument: String) {
        let digits = argument.prefix { $0.isASCII && $0.isNumber }
        guard let count = Int64(digits), count <= 1_000_000_000 else { return nil }
        switch argument.dropFirst(digits.count) {
        case "ms": duration = .milliseconds(count)
        case "", "s": duration = .seconds(count)
        case "m": duration = .seconds(count * 60)
        case "h": duration = .seconds(count * 3_600)
        default: return nil
        }
        text = argument
    }

    static func seconds(_ count: Int64) -> TimeSpan { TimeSpan(duration: .seconds(count), text: "\(count)s") }

    private init(duration: Duration, text: String) {
        self.duration = duration
        self.text = text
    }

    /// For the help.
    var defaultValueDescription: String { text }
}
