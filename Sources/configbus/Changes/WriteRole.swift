import ConfigAccess
import ConfigModel
import RegistryAPI
import RegistryClient

/// The role that a command needs for what it does at the end.
enum WriteRole {
    /// Makes a change. What the caller may not even read before is refused naming the role that the change needs: a grant of
    /// the one that the read needs would only lead to the next refusal.
    static func needing<Result>(_ role: Role, _ change: () async throws -> Result) async throws -> Result {
        do {
            return try await change()
        } catch let error as RegistryClientError {
            throw naming(role, in: error)
        }
    }

    static func naming(_ role: Role, in error: RegistryClientError) -> RegistryClientError {
        let reader = Role.reader.rawValue
        guard error.code == .forbidden, let problem = error.problem, problem.members["needs"] == .string(reader) else {
            return error
        }
        let message = error.message.replacing("'\(reader):", with: "'\(role.rawValue):")
        let named = Problem(
            problem.type, title: problem.title, status: problem.status, detail: message,
            members: problem.members
        ).with("needs", role.rawValue)
        return RegistryClientError(error.code, message, problem: named, changeID: error.changeID)
    }
}
