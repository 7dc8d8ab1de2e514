import ArgumentParser
import ConfigModel
import RegistryAPI
import RegistryClient

/// Brings a registry to what files say: compares, checks, shows, and makes what differs.
struct Import {
    /// How far it goes.
    enum Mode {
        /// The plan is made.
        case make(isAtomic: Bool)
        /// The plan is shown.
        case dryRun
        /// The plan is shown, and that there is something in it is a failure.
        case check

        var makesChanges: Bool {
            if case .make = self { true } else { false }
        }
    }

    let client: RegistryClient
    let mode: Mode
    /// What `--prune` deletes; nil without it.
    let missing: MissingDocuments?
    let output: OutputOptions
    private let progress = ProgressLine()

    init(_ client: RegistryClient, _ mode: Mode, pruning missing: MissingDocuments?, _ output: OutputOptions) {
        (self.client, self.mode, self.missing, self.output) = (client, mode, missing, output)
    }

    /// Does it.
    ///
    /// - Parameters:
    ///   - options: go with every change.
    ///   - isRepeatable: what a change made already is not made again, whatever it is.
    func run(_ changes: [WantedChange], _ options: WriteOptions, isRepeatable: Bool = false) async throws {
        defer { progress.end() }
        progress.begin("documents compared")
        var wanted = try await changes.withChecks(client)
        if let missing { wanted += try await missing.deletions(client) }
        let plan = try await ChangePlan.make(
            wanted, isRepeatable: isRepeatable, isOnlyShown: !mode.makesChanges, client)
        // To compare and to check takes no more than to read.
        if mode.makesChanges { try await PlanPermission.check(plan, client) }
        progress.begin("changes checked", of: plan.changing.count)
        let objections = try await Objections.to(plan, options, client) { [progress] in progress.step() }
        progress.end()
        switch mode {
        case .dryRun, .check:
            try DryRun(plan: plan, options: options).conclude(objections, output)
            if case .check = mode, !plan.changing.isEmpty { throw ExitCode.refused }
        case .make(let isAtomic):
            guard objections.isEmpty else { throw plan.failure(objections) }
            try await make(plan.hiding(objections.warnings, options.overrides), options, isAtomic: isAtomic)
        }
    }

    private func make(_ plan: ChangePlan, _ options: WriteOptions, isAtomic: Bool) async throws {
        if output.format == .text {
            let lines = plan.lines(for: .output)
            StandardStream.output.write(lines.map { $0 + "\n" }.joined())
        }
        let schemas = try await PlannedSchemas.of(plan, client)
        let units =
            isAtomic ? ImportUnit.sets(plan.changing) : ImportUnit.separate(plan.changing, together: schemas.covers)
        progress.begin("changes made", of: plan.changing.count)
        let report = await ImportRun(options: options, client: client, progress: progress, isAtomic: isAtomic).make(
            units)
        progress.end()
        try report.conclude(plan, output)
    }
}
