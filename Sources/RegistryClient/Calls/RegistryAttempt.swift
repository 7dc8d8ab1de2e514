/// An attempt at one of several registries that gave no response to go by.
struct RegistryAttempt: Sendable {
    enum Outcome: Sendable {
        case failed(TransportFailure)
        /// 503.
        case refused
    }

    let url: String
    let outcome: Outcome

    /// Whether the registry may have acted on the request.
    var isInterrupted: Bool {
        if case .failed(.interrupted) = outcome { true } else { false }
    }

    fileprivate var isInsecure: Bool {
        if case .failed(.insecure) = outcome { true } else { false }
    }

    /// `http://a:8000 (the connection was refused)`.
    fileprivate var description: String {
        switch outcome {
        case .failed(let failure): "\(url) (\(failure.reason))"
        case .refused: "\(url) (it is not available)"
        }
    }

    /// The error of a call that no registry answered.
    ///
    /// - Parameter limit: the largest answer that was accepted.
    static func error(_ attempts: [RegistryAttempt], limit: Int) -> RegistryClientError {
        // Whichever leaves the outcome open counts more than those that were never reached.
        let decisive = attempts.last { !$0.outcome.leadsToNext } ?? attempts.first(where: \.isInterrupted)
        let failure: TransportFailure? =
            if case .failed(let failure)? = (decisive ?? attempts.last)?.outcome { failure } else { nil }
        guard attempts.count > 1 else {
            return (failure ?? .interrupted("it is not available")).error(url: attempts.first?.url ?? "", limit: limit)
        }
        let list = attempts.map(\.description).joined(separator: ", ")
        switch failure {
        case .answerTooLarge?, .cancelled?:
            return failure?.error(url: decisive?.url ?? "", limit: limit) ?? RegistryClientError(.interrupted, list)
        case .interrupted?:
            return RegistryClientError(.interrupted, "None of the registries answered: \(list).")
        case .notSent?, .unresolved?, .insecure?, nil:
            guard attempts.contains(where: { !$0.isInsecure }) else {
                return RegistryClientError(.tlsFailed, "There is no secure connection to any registry: \(list).")
            }
            return RegistryClientError(
                .unreachable,
                "None of the registries can be reached: \(list). Check that they run, and the addresses.")
        }
    }
}

extension RegistryAttempt.Outcome {
    fileprivate var leadsToNext: Bool {
        if case .failed(let failure) = self { failure.leadsToNext } else { true }
    }
}

extension RegistryClientError {
    /// The same error, which names the other registries that were tried as well.
    func naming(_ others: [RegistryAttempt]) -> RegistryClientError {
        guard !others.isEmpty else { return self }
        let list = others.map(\.description).joined(separator: ", ")
        return RegistryClientError(
            code, "\(message) Tried as well: \(list).", problem: problem, changeID: changeID)
    }
}
