import ConfigModel
import RegistryAPI
import RegistryClient

/// Makes the changes of a plan, many at a time. What another writer has changed since is left and named, and the rest goes on.
struct ImportRun: Sendable {
    /// What became of one document.
    enum Outcome: Sendable {
        /// It got this version.
        case made(Int64)
        /// It was not changed, for a reason of its own.
        case refused(PlanFault)
    }

    let options: WriteOptions
    let client: RegistryClient
    let progress: ProgressLine
    /// Whether documents may only be changed together.
    let isAtomic: Bool

    /// How many documents are written at a time.
    private static let underWay = 32
    /// How many change sets are.
    private static let setsUnderWay = 4
    /// How often a change is sent that the registry cannot make at the moment.
    private static let attempts = 6

    /// Makes them. A failure that is not about one document ends the rest.
    func make(_ units: [ImportUnit]) async -> ImportReport {
        var report = ImportReport()
        await make(units.filter { !$0.isSingle }, atATime: Self.setsUnderWay, &report)
        await make(units.filter(\.isSingle), atATime: Self.underWay, &report)
        return report
    }

    private func make(_ units: [ImportUnit], atATime limit: Int, _ report: inout ImportReport) async {
        await withTaskGroup(of: UnitResult.self) { group in
            var rest = units[...]
            var running = 0
            while running > 0 || !rest.isEmpty {
                while running < limit, report.failure == nil, let unit = rest.popFirst() {
                    group.addTask { await result(of: unit) }
                    running += 1
                }
                guard running > 0, let result = await group.next() else { break }
                running -= 1
                report.add(result)
                progress.advance(by: result.outcomes.count)
            }
        }
    }

    /// What became of the documents of a unit; those that nothing is known of are missing.
    struct UnitResult: Sendable {
        var outcomes: [DocumentKey: Outcome] = [:]
        var warnings: [DocumentFinding] = []
        /// Why no more can be done.
        var failure: RegistryClientError?
    }

    private func result(of unit: ImportUnit) async -> UnitResult {
        switch unit {
        case .single(let step): await make(step)
        case .set(let steps): await make(steps)
        }
    }

    private func make(_ step: PlannedChange) async -> UnitResult {
        var result = UnitResult()
        do throws(RegistryClientError) {
            let (version, warnings) = try await attempt { options throws(RegistryClientError) in
                try await client.make(step, options)
            }
            result.outcomes[step.key] = .made(version)
            result.warnings = warnings.map { DocumentFinding(key: step.key, finding: $0) }
        } catch {
            if error.isAboutTheDocument {
                result.outcomes[step.key] = .refused(PlanFault(refusing: step.key, error))
            } else {
                result.failure = error
            }
        }
        return result
    }

    private func make(_ steps: [PlannedChange]) async -> UnitResult {
        var result = UnitResult()
        do throws(RegistryClientError) {
            let made = try await attempt { options throws(RegistryClientError) in
                try await client.publish(
                    changeSet: ChangeSetPublication(
                        steps.map(\.documentChange), comment: options.comment, createdBy: options.createdBy,
                        overrides: options.overrides, changeID: options.changeID))
            }
            for document in made.documents {
                result.outcomes[document.record.key] = .made(document.record.version)
                result.warnings += document.warnings.map { DocumentFinding(key: document.record.key, finding: $0) }
            }
        } catch {
            if error.problem?.type == .notSupported, !isAtomic { return await makeInOrder(steps) }
            if error.isAboutTheDocument {
                result.outcomes = Self.outcomes(steps, error)
            } else {
                result.failure = error.problem?.type == .notSupported ? Self.notAtomic : error
            }
        }
        return result
    }

    private static let notAtomic = RegistryClientError(
        .refused,
        "--atomic needs change sets, and the registry's MongoDB has none, because it is not in a replica set: leave --atomic out."
    )

    /// Where there are no change sets, on a database without transactions, one after the other.
    private func makeInOrder(_ steps: [PlannedChange]) async -> UnitResult {
        var all = UnitResult()
        for step in steps {
            let result = await make(step)
            all.outcomes.merge(result.outcomes) { $1 }
            all.warnings += result.warnings
            all.failure = result.failure
            guard all.failure == nil else { break }
        }
        return all
    }

    /// Those of a set that was refused: each with what is wrong with it, or with that of another one.
    private static func outcomes(_ steps: [PlannedChange], _ error: RegistryClientError) -> [DocumentKey: Outcome] {
        var outcomes: [DocumentKey: Outcome] = [:]
        let problems = error.problem?.memberProblems ?? []
        for problem in problems where steps.indices.contains(problem.index) {
            let key = steps[problem.index].key
            outcomes[key] = .refused(PlanFault(refusing: key, problem.problem))
        }
        let named = steps.first { outcomes[$0.key] != nil }?.key
        for step in steps where outcomes[step.key] == nil {
            let reason = named.map { "\($0.title), which is in the same change set, was refused." } ?? error.message
            outcomes[step.key] = .refused(
                PlanFault(of: step.key, type: error.problem?.type.name ?? "refused", reason))
        }
        return outcomes
    }

    /// Sends a change under one identifier until the registry can make it.
    private func attempt<Result: Sendable>(
        _ send: (WriteOptions) async throws(RegistryClientError) -> Result
    ) async throws(RegistryClientError) -> Result {
        var options = options
        options.changeID = UUIDText.random()
        var attempt = 1
        while true {
            do throws(RegistryClientError) {
                return try await send(options)
            } catch {
                guard error.code == .unavailable, attempt < Self.attempts else { throw error }
                do { try await Task.sleep(for: error.retryAfter ?? .seconds(1)) } catch { throw Self.cancelled }
                attempt += 1
            }
        }
    }

    private static let cancelled = RegistryClientError(.cancelled, "The import was cancelled.")
}

extension ImportUnit {
    fileprivate var isSingle: Bool {
        if case .single = self { true } else { false }
    }
}
