import ArgumentParser
import ConfigModel
import RegistryAPI
import RegistryClient

/// A plan that is shown and not made, with what the registry's checks say of it.
struct DryRun {
    let plan: ChangePlan
    let overrides: CheckOverrides

    /// Prints the plan and what speaks against it.
    ///
    /// - Throws: the exit code 1 when something does.
    func conclude(_ client: RegistryClient, _ output: OutputOptions) async throws {
        var errors: [(key: DocumentKey, finding: CheckFinding)] = []
        for step in plan.changing {
            guard let content = step.content else { continue }
            let verdict = try await client.validate(content, as: step.key, WriteOptions(overrides: overrides))
            CheckWarnings.say(verdict.warnings)
            errors += verdict.errors.map { (step.key, $0) }
        }
        try output.print(json(errors)) {
            let lines = errors.map { "\($0.key): \(ControlCharacters.escaped($0.finding.line))" }
            return ([plan.text(for: .output)] + lines).joined(separator: "\n")
        }
        guard errors.isEmpty else { throw ExitCode.refused }
    }

    private func json(_ errors: [(key: DocumentKey, finding: CheckFinding)]) -> JSONValue {
        guard case .object(var object) = plan.json else { return plan.json }
        object["valid"] = .bool(errors.isEmpty)
        object["errors"] = .array(
            errors.map { key, finding in
                guard case .object(var error) = finding.json else { return finding.json }
                error["service_name"] = .string(key.service)
                error["environment"] = .string(finding.environment ?? key.environment)
                return .object(error)
            })
        return .object(object)
    }
}
