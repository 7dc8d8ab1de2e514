import ArgumentParser
import ConfigModel
import RegistryAPI
import RegistryClient

/// Why one change of a plan makes no sense on what is there.
struct PlanFault: Sendable {
    let key: DocumentKey
    /// The word for programs.
    let type: String
    let message: String

    /// A document that is not at the version that it must be at.
    init(_ mismatch: String, of key: DocumentKey) {
        self.key = key
        type = ProblemType.versionMismatch.name
        message = mismatch
    }

    /// - Throws: an error that is not about this change alone.
    init(of key: DocumentKey, _ error: any Error) throws {
        self.key = key
        switch error {
        case let failure as CommandFailure where failure.exitCode == .refused:
            if case .string(let name)? = failure.members["type"] { type = name } else { type = failure.exitCode.word }
            message = failure.description
        case let error as RegistryClientError where error.code == .notFound:
            type = error.problem?.type.name ?? ProblemType.unknown.name
            message = error.message
        default: throw error
        }
    }

    /// What is wrong with one document of a change set.
    init(refusing key: DocumentKey, _ problem: Problem) {
        let findings = problem.findingLines
        let detail = problem.detail ?? problem.title
        self.init(of: key, type: problem.type.name, findings.isEmpty ? detail : findings.joined(separator: "; "))
    }

    init(of key: DocumentKey, type: String, _ message: String) {
        (self.key, self.type, self.message) = (key, type, message)
    }

    /// What the registry refuses.
    init(refusing key: DocumentKey, _ error: RegistryClientError) {
        self.key = key
        type = error.problem?.type.name ?? "refused"
        message = error.message
    }

    var json: JSONValue {
        var object = JSONObject()
        object["type"] = .string(type)
        object["service_name"] = .string(key.service)
        if !key.isReserved { object["environment"] = .string(key.environment) }
        object["message"] = .string(message)
        return .object(object)
    }
}

extension RegistryClientError {
    /// True for a refusal that says nothing of other documents.
    var isAboutTheDocument: Bool {
        switch code {
        case .notFound, .conflict, .preconditionFailed, .refused, .damaged: problem?.type != .notSupported
        default: false
        }
    }
}

extension ChangePlan {
    /// The failure of a plan that cannot be made: its faults, and what the registry would refuse of the rest.
    func failure(_ options: WriteOptions, _ client: RegistryClient) async -> CommandFailure {
        var objections = Objections()
        do {
            objections = try await Objections.to(self, options, client)
        } catch {
            // The registry does not say more; what is known already is no less true.
            objections.problems = faults
        }
        return failure(objections)
    }

    /// The failure of a plan that cannot be made.
    func failure(_ objections: Objections) -> CommandFailure {
        let keys = Set(objections.problems.map(\.key) + objections.findings.map(\.key))
        var failure = CommandFailure.refused(
            "Nothing was changed: \(Count.text(keys.count, "change")) cannot be made."
        ).with(objections.lines).with("problems", .array(objections.problems.map(\.json)))
        if !objections.findings.isEmpty {
            failure = failure.with("findings", .array(objections.findings.map(\.json)))
        }
        return failure
    }
}
