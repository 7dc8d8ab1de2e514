import RegistryAPI
import RegistryClient
import TestSupport

extension WriteOperation.Outcome {
    /// What a failed call says about its write.
    init(_ error: RegistryClientError) {
        switch error.code {
        case .unreachable, .tlsFailed, .interrupted, .unavailable, .failed, .damaged, .invalidAnswer, .answerTooLarge,
            .cancelled,
            .behind:
            // Unreachable may follow an attempt that was interrupted.
            self = .unknown("\(error.code.rawValue): \(error.message)")
        case .preconditionFailed:
            self = .outdated(current: error.problem?.version ?? 0)
        case .invalidRequest, .unauthorized, .forbidden, .notFound, .conflict, .refused:
            self = .refused("\(error.code.rawValue): \(error.message)")
        }
    }
}
