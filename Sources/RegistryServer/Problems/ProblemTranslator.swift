import ConfigRegistry
import Hummingbird
import Logging
import RegistryAPI

/// Turns whatever a handler throws into a problem.
struct ProblemTranslator: Sendable {
    let registry: Registry

    func problem(from error: any Error, logger: Logger) -> Problem {
        switch error {
        case let problem as Problem:
            return problem
        case let error as RegistryError:
            return Problem(error, epoch: registry.epoch)
        case let error as HTTPError where error.status == .notFound:
            return Problem(.unknownPath, "There is nothing at this path; the API begins at /api/configs.")
        case is CancellationError:
            return Problem(
                .stopping, "The registry is stopping; send the request again, to another registry if there is one.")
        case let error as UnreadableBody:
            logger.debug("a request's body could not be read", metadata: ["error": "\(error.reason)"])
            var problem = Problem(
                .unreadableBody, "The body broke off or was not sent as HTTP wants it; send it again.")
            problem.closesConnection = true
            return problem
        default:
            logger.error("a request failed", metadata: ["error": "\(error)"])
            return Problem(.failed, "The registry failed to handle this request; its log says why.")
        }
    }
}
