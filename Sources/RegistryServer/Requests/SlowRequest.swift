import ConfigModel
import RegistryAPI

/// A part of a request was not complete in time.
struct SlowRequest: Error {
    enum Part: String {
        case head, body
    }

    let part: Part
    let limit: Duration
}

extension Problem {
    /// A request that did not arrive in time.
    init(_ slow: SlowRequest) {
        self.init(
            .timeout,
            "The \(slow.part.rawValue) of the request was not complete within \(slow.limit.words); send it again.")
        closesConnection = true
    }
}
