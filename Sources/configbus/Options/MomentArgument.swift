import ArgumentParser
import ConfigModel

/// A moment in UTC on the command line: `2026-11-20T21:30:00Z`, with or without milliseconds, or a day, which begins at midnight.
struct MomentArgument: ExpressibleByArgument, Sendable {
    let moment: Timestamp

    init?(argument: String) {
        var forms = [argument, "\(argument)T00:00:00.000Z"]
        if argument.hasSuffix("Z") { forms.append("\(argument.dropLast()).000Z") }
        guard let moment = forms.lazy.compactMap({ Timestamp(parsing: $0) }).first else { return nil }
        self.moment = moment
    }
}
