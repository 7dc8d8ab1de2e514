import ConfigModel

/// Whether a registry can serve.
public enum ReadinessResponse: Sendable, Equatable {
    /// Its store answers, so that reads and writes work.
    case ready
    /// It answers, but cannot serve; with its reason when it gives one.
    case notReady(reason: String?)
}

extension ReadinessResponse {
    /// The statuses of HTTP that the response can have.
    package static let httpStatuses: Set<Int> = [200, 503]

    /// Reads a response.
    ///
    /// - Throws: `InvalidResponse` for a success that no registry sends: something else answers at the address.
    package init(status: Int, body: [UInt8]) throws(InvalidResponse) {
        guard status == 200 else {
            // A proxy in front of the registry has a text of its own.
            guard let problem = try? ResponseJSON.object(body), case .string(let detail)? = problem["detail"] else {
                self = .notReady(reason: nil)
                return
            }
            self = .notReady(reason: detail)
            return
        }
        guard try ResponseJSON.object(body)["status"] == .string("ready") else {
            throw InvalidResponse("a status that is not 'ready'")
        }
        self = .ready
    }
}
