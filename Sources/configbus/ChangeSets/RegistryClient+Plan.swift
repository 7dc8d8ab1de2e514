import ConfigModel
import RegistryAPI
import RegistryClient

extension RegistryClient {
    /// Makes what a plan says as one change set, on the versions that the plan was made on.
    ///
    /// - Throws: `CommandFailure` that names every document that is refused, one that has changed since too, or that cannot be
    ///   planned.
    func make(_ plan: ChangePlan, _ reason: ChangeReasonOptions) async throws -> ChangeSetReport {
        try ChangeSetLimit.check(plan)
        guard plan.faults.isEmpty else { throw try await plan.failure(reason.options(), self) }
        let steps = plan.changing
        guard !steps.isEmpty else { return ChangeSetReport(plan) }
        let options = try reason.options()
        let publication = ChangeSetPublication(
            steps.map(\.documentChange), comment: options.comment, createdBy: options.createdBy,
            overrides: options.overrides, changeID: options.changeID)
        do {
            let made = try await publish(changeSet: publication)
            let warnings = made.documents.flatMap { document in
                document.warnings.map { DocumentFinding(key: document.record.key, finding: $0) }
            }
            var report = ChangeSetReport(
                plan.hiding(warnings, options.overrides), made.documents, changeSetID: made.id)
            report.breaks = made.breaks
            report.hiddenBreaks = made.hiddenBreaks
            return report
        } catch {
            guard error.problem?.memberProblems.isEmpty == false else { throw error }
            throw CommandFailure(error, of: steps.map(\.key))
        }
    }
}

extension PlannedChange {
    /// The change as it is sent: on the version that it was planned on.
    var documentChange: DocumentChange {
        let operation: DocumentChange.Operation =
            switch (wanted.operation, content) {
            case (.restore(let version), _): .restore(version: version)
            case (.schema(let document), _): .schema(document)
            case (_, let content?): .publish(content)
            case (_, nil): .delete
            }
        // 0 says that there was never such a document.
        return DocumentChange(operation, of: key, expected: wanted.expected ?? .version(version ?? 0))
    }
}

extension CommandFailure {
    /// A change set that was refused: one line for each thing that is wrong with a document.
    init(_ error: RegistryClientError, of keys: [DocumentKey]) {
        self.init(error)
        let problems = error.problem?.memberProblems ?? []
        details = problems.flatMap { member in
            let name = keys.indices.contains(member.index) ? keys[member.index].title : "document \(member.index)"
            let findings = member.problem.findingLines
            guard findings.isEmpty else { return findings.map { "\(name): \($0)" } }
            return ["\(name): \(CommandLineNames.flags(in: member.problem.detail ?? member.problem.title))"]
        }
        members["problems"] = .array(problems.compactMap { $0.json(of: keys) })
    }
}

extension MemberProblem {
    /// The problem with the document that it is about: the caller does not know which place that has in the request.
    fileprivate func json(of keys: [DocumentKey]) -> JSONValue? {
        guard case .object(var object)? = try? JSONValue(parsing: problem.jsonBytes) else { return nil }
        object["detail"] = problem.detail.map { .string(CommandLineNames.flags(in: $0)) }
        if keys.indices.contains(index) {
            object["service_name"] = .string(keys[index].service)
            object["environment"] = keys[index].isReserved ? nil : .string(keys[index].environment)
        }
        return .object(object)
    }
}
