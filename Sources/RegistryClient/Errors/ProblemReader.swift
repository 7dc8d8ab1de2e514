import ConfigModel

/// Turns an answer that is no success into an error.
enum ProblemReader {
    static func error(from response: RegistryResponse, url: String) -> RegistryClientError {
        error(problem(from: response), url: url)
    }

    /// What went wrong with one of several things that were requested together.
    static func error(status: Int, members: JSONObject, url: String) -> RegistryClientError {
        error(problem(status: status, members: members), url: url)
    }

    private static func error(_ problem: Problem, url: String) -> RegistryClientError {
        guard let code = code(status: problem.status, type: problem.type) else {
            return RegistryClientError(
                .invalidAnswer,
                "The registry at \(url) answered with status \(problem.status), which this call does not expect. Check the "
                    + "address and what stands between.", problem: problem)
        }
        return RegistryClientError(code, problem.detail ?? sentence(code, problem.status, url), problem: problem)
    }

    /// Reads a problem document; an answer of something that is not a registry becomes one without details.
    private static func problem(from response: RegistryResponse) -> Problem {
        var members = JSONObject()
        let mediaType = response.header("Content-Type") ?? ""
        if mediaType.hasPrefix("application/problem+json") || mediaType.hasPrefix("application/json"),
            case .object(let object)? = try? JSONValue(parsing: response.body)
        {
            members = object
        }
        return problem(status: response.status, members: members, response)
    }

    private static func problem(
        status: Int, members: JSONObject, _ response: RegistryResponse? = nil
    ) -> Problem {
        func text(_ name: String) -> String? {
            guard case .string(let text)? = members[name], !text.isEmpty else { return nil }
            return text
        }
        return Problem(
            type: text("type").map(shortType) ?? "about:blank", title: text("title") ?? "", detail: text("detail"),
            status: status, members: members, retryAfter: response.flatMap(RetryAfter.duration),
            changeID: response?.header("Idempotency-Key"), etag: response?.header("ETag"))
    }

    /// Codes follow from the status; nil for a status that is no failure.
    private static func code(status: Int, type: String) -> RegistryClientError.Code? {
        switch status {
        case 401: .unauthorized
        case 403: .forbidden
        case 404, 410: .notFound
        case 409: .conflict
        case 412: .preconditionFailed
        case 429, 507: .unavailable
        case 500 where type == "damaged-version": .damaged
        // It does not pass by itself.
        case 503 where type == "signing-required": .refused
        case 503: ["behind", "foreign-epoch"].contains(type) ? .behind : .unavailable
        case 400..<500: .refused
        case 500..<600: .failed
        default: nil
        }
    }

    /// The last word of a type that is written as a URI reference.
    private static func shortType(_ type: String) -> String {
        guard let slash = type.utf8.lastIndex(where: { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "#") }) else {
            return type
        }
        return String(type[type.utf8.index(after: slash)...])
    }

    private static func sentence(_ code: RegistryClientError.Code, _ status: Int, _ url: String) -> String {
        switch code {
        case .unauthorized: "The registry at \(url) wants a valid token."
        case .forbidden: "The registry at \(url) does not allow this with the given token."
        default: "What is at \(url) answered with status \(status) and no explanation. Check that it is a registry."
        }
    }
}
