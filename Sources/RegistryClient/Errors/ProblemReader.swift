import RegistryAPI

/// Turns a response that is no success into an error.
enum ProblemReader {
    static func error(from response: RegistryResponse, url: String) -> RegistryClientError {
        let problem = Problem(status: response.status, body: response.body, header: response.header)
        guard problem.detail == nil, response.refusesPlaintext else { return error(problem, url: url) }
        return RegistryClientError(
            .tlsFailed, "What is at \(url) speaks TLS: begin the address with https://.", problem: problem)
    }

    /// The error that a problem is.
    static func error(_ problem: Problem, url: String) -> RegistryClientError {
        guard let code = code(problem) else {
            return RegistryClientError(
                .invalidAnswer,
                "The registry at \(url) answered with status \(problem.status), which this call does not expect. Check the "
                    + "address and what stands between.", problem: problem)
        }
        return RegistryClientError(code, problem.detail ?? sentence(code, problem.status, url), problem: problem)
    }

    /// Codes follow from the status; nil for a status that is no failure.
    private static func code(_ problem: Problem) -> RegistryClientError.Code? {
        switch problem.status {
        case 400 where problem.type == .tlsNeeded: .tlsFailed
        case 401: .unauthorized
        case 403: .forbidden
        case 404, 410: .notFound
        case 409: .conflict
        case 412: .preconditionFailed
        case 429, 507: .unavailable
        case 500 where problem.type == .damagedVersion: .damaged
        // These do not pass by themselves.
        case 501 where problem.type == .notSupported: .refused
        case 503 where problem.type == .signingRequired: .refused
        case 503: [.behind, .foreignEpoch].contains(problem.type) ? .behind : .unavailable
        case 400..<500: .refused
        case 500..<600: .failed
        default: nil
        }
    }

    private static func sentence(_ code: RegistryClientError.Code, _ status: Int, _ url: String) -> String {
        switch code {
        case .unauthorized: "The registry at \(url) wants a valid token."
        case .forbidden: "The registry at \(url) does not allow this with the given token."
        default: "What is at \(url) answered with status \(status) and no explanation. Check that it is a registry."
        }
    }
}

extension RegistryResponse {
    /// True for what proxies answer to a request without TLS at a port that speaks it: all of them name HTTPS.
    fileprivate var refusesPlaintext: Bool {
        status == 400 && String(decoding: body.prefix(4_096), as: UTF8.self).contains("HTTPS")
    }
}

extension RegistryClientError {
    /// What came is not what a registry answers.
    static func invalidAnswer(from url: String, _ what: String) -> RegistryClientError {
        RegistryClientError(
            .invalidAnswer, "The registry at \(url) answered with \(what). Check the address and what stands between.")
    }
}
