import ConfigModel
import RegistryAPI
import RegistryClient

extension OutputOptions {
    /// Makes a change. When the registry refuses it for what checks found, programs get the problem on standard output; the
    /// sentence for people goes to standard error either way.
    func explaining<Result>(_ change: () async throws -> Result) async throws -> Result {
        do {
            return try await change()
        } catch let error as RegistryClientError {
            try show(error.problem)
            throw error
        } catch let failure as CommandFailure {
            try show(failure.problem)
            throw failure
        }
    }

    private static let members = ["findings", "breaks", "problems"]

    private func show(_ problem: Problem?) throws {
        guard format != .text, let problem, Self.members.contains(where: { problem.members[$0] != nil }) else { return }
        try print(JSONValue(parsing: problem.jsonBytes)) { "" }
    }
}
