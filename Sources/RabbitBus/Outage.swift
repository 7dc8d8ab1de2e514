import ConfigModel
import EventBus
import Logging

/// The time without a connection: what is said about it, once instead of at every attempt.
struct Outage {
    private let role: BusRole
    private var reported: BusError?

    init(role: BusRole) {
        self.role = role
    }

    /// The connection stands.
    mutating func end() {
        reported = nil
    }

    /// Logs why there is no connection; true when that is news. What receives a subscription's signals is informed by them,
    /// and says it in its own words.
    ///
    /// - Parameter isExpected: the receiver knows what to do about it.
    mutating func report(_ error: BusError, pause: Duration, isExpected: Bool = false, to logger: Logger) -> Bool {
        let isNews = reported != error
        reported = error
        let isPermission = error.code == .forbidden || error.code == .bindingRefused
        let level: Logger.Level = isNews && !isExpected ? (isPermission && role == .publisher ? .error : .info) : .debug
        logger.log(
            level: level, "not connected to the broker",
            metadata: [
                BusLogKey.role: "\(role.rawValue)", BusLogKey.error: "\(error.message)",
                BusLogKey.pause: "\(pause.words)",
            ])
        return isNews
    }
}

/// What a connection to the broker is for.
enum BusRole: String {
    case publisher, subscriber
}
