import ArgumentParser
import ConfigModel

/// A moment that something must not be older than: `7d`, `12h` and so on before now, a date like `2026-11-20`, or a moment
/// like `2026-11-20T21:30:00Z`.
struct EarliestMoment: ExpressibleByArgument, Sendable {
    let moment: Timestamp

    init?(argument: String) {
        if let span = Duration(parsing: argument) {
            moment = Timestamp(milliseconds: Timestamp.now.milliseconds - span.components.seconds * 1_000)
        } else if let named = MomentArgument(argument: argument) {
            moment = named.moment
        } else {
            return nil
        }
    }
}
