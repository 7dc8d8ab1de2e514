import ArgumentParser
import ConfigModel
import RegistryClient

/// What became of an import.
struct ImportReport {
    private(set) var outcomes: [DocumentKey: ImportRun.Outcome] = [:]
    private(set) var warnings: [DocumentFinding] = []
    /// Why it ended before all was done.
    private(set) var failure: RegistryClientError?
    /// How many documents were not begun.
    var left = 0

    /// Takes what became of some documents.
    mutating func add(_ result: ImportRun.UnitResult) {
        outcomes.merge(result.outcomes) { $1 }
        warnings += result.warnings
        failure = failure ?? result.failure
    }

    private var made: Int {
        outcomes.values.count { if case .made = $0 { true } else { false } }
    }

    /// Prints what became of a plan.
    ///
    /// - Throws: `CommandFailure` when not all of it was made, which names what was not.
    func conclude(_ plan: ChangePlan, _ output: OutputOptions) throws {
        CheckWarnings.say(warnings)
        guard let failure = failure(plan) else {
            return try output.print(json(plan)) { summary(plan) }
        }
        if output.format == .text { StandardStream.output.write(summary(plan) + "\n") }
        guard case .object(let members) = json(plan) else { throw failure }
        throw members.reduce(failure) { $0.with($1.key, $1.value) }
    }

    private func summary(_ plan: ChangePlan) -> String {
        let unchanged = plan.steps.count - plan.changing.count
        let changed = made == 0 ? "Nothing was changed" : "\(Count.text(made, "document")) changed"
        return unchanged > 0 && made > 0 ? "\(changed), \(unchanged) unchanged." : "\(changed)."
    }

    private func refusals(_ plan: ChangePlan) -> [PlanFault] {
        plan.changing.compactMap { step in
            if case .refused(let fault)? = outcomes[step.key] { fault } else { nil }
        }
    }

    private func failure(_ plan: ChangePlan) -> CommandFailure? {
        let refusals = refusals(plan)
        let lines = refusals.map { "\($0.key.title): \($0.message)" }
        let again = "The same command again does what is left."
        if let failure {
            let reason = CommandFailure(failure)
            let open = plan.changing.count - outcomes.count
            return CommandFailure(
                reason.exitCode,
                "The import ended with \(Count.text(open, "document")) not done: \(reason.description) \(again)"
            ).with(reason.details + lines)
        }
        guard !refusals.isEmpty else { return nil }
        let were = refusals.count == 1 ? "was" : "were"
        return CommandFailure.refused("\(Count.text(refusals.count, "document")) \(were) not changed. \(again)").with(
            lines)
    }

    private func json(_ plan: ChangePlan) -> JSONValue {
        var object = JSONObject()
        object["documents"] = .array(
            plan.steps.compactMap { step in
                switch outcomes[step.key] {
                case .made(let version)?: PlannedChange.json(step.key, step.action, version, step.changes)
                case nil where step.action == .unchanged: step.json
                case .refused?, nil: nil
                }
            })
        if !warnings.isEmpty { object["warnings"] = .array(warnings.map(\.json)) }
        object["problems"] = .array(refusals(plan).map(\.json))
        return .object(object)
    }
}
