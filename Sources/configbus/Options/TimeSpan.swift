import ArgumentParser
import ConfigModel

/// A duration on the command line: `500ms`, `30s`, `5m`, `2h`, `90d`, or whole seconds.
struct TimeSpan: ExpressibleByArgument, Sendable, Equatable {
    let duration: Duration
    private let text: String

    init?(argument: String) {
        guard let duration = Duration(parsing: argument) ?? Duration(parsing: "\(argument)s") else { return nil }
        self.duration = duration
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
