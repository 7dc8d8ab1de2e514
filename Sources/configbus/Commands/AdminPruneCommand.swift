import ArgumentParser
import ConfigModel
import ConfigRegistry
import ConfigStore

extension AdminCommand {
    struct Prune: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "prune",
            abstract: "Remove versions that need not be kept.",
            usage: """
                configbus admin prune [<service> --through <version> --now] [<options>]
                """,
            discussion: """
                Without a service it does once what 'serve --keep-versions' and 'serve --keep-days' do all the time: a version \
                goes when all that are given allow it and it is at least seven days old. The newest version of a document always \
                stays, and so does what is not announced yet.

                With a service it removes the versions of one document at once, however young they are: after a secret was \
                published by mistake, say. Publish a version without it first. It is noted in the access log. Audit logs and \
                backups keep what they have.

                What is gone is answered with 410 ('pruned'). An embedded store belongs to one process: stop its registry \
                first.
                """)

        @Argument(help: "The service whose versions are removed at once.") var service: String?
        @OptionGroup var environment: EnvironmentOptions
        @Option(help: "The last version that is removed.") var through: Int64?
        @Flag(help: "Remove them however young they are.") var now = false
        @Option(help: "Keep so many of the newest versions of a document, 10 at least.") var keepVersions: Int?
        @Option(help: "Keep versions for so many days, 7 at least.") var keepDays: Int?
        @Flag(help: "Say how much would be removed, and remove nothing.") var dryRun = false
        @OptionGroup var options: StoreOptions
        @OptionGroup var output: OutputOptions

        func validate() throws {
            guard service != nil else {
                guard through == nil, !now else {
                    throw ValidationError("--through and --now need the SERVICE whose versions are removed.")
                }
                return
            }
            guard let through, now else {
                throw ValidationError("Name the last version that is removed with --through, and confirm with --now.")
            }
            try VersionArgument.check(through, "--through")
            guard keepVersions == nil, keepDays == nil, !dryRun else {
                throw ValidationError(
                    "--keep-versions, --keep-days and --dry-run are for all documents: leave SERVICE out.")
            }
        }

        func run() async throws {
            let settings = try options.settings(others: [
                "keep-versions": keepVersions.map { String($0) }, "keep-days": keepDays.map { String($0) },
            ])
            if let service, let through {
                let key = try environment.key(of: service)
                return try await remove(key, through: through, settings)
            }
            guard let rules = settings.retention else {
                throw CommandFailure.usage("Say what is kept with --keep-versions, --keep-days or both.")
            }
            try await prune(by: rules, settings)
        }

        private func prune(by rules: RetentionRules, _ settings: ServeSettings) async throws {
            let report = try await AdminCommand.withStore(settings) { store in
                let pruner = Pruner(
                    store: store, registry: "\(RegistryName.own) \(UUIDText.random())", isPaced: false)
                return try await pruner.prune(by: rules, isDryRun: dryRun)
            }
            guard !report.isInterrupted else {
                throw CommandFailure.refused(
                    "\(Count.text(Int(report.versions), "version")) removed; a registry is pruning this store at the moment: try again "
                        + "in a minute.")
            }
            var object = JSONObject()
            object["documents"] = .number(JSONNumber(Int64(report.documents)))
            object["pruned_documents"] = .number(JSONNumber(Int64(report.marks.count)))
            object["pruned_versions"] = .number(JSONNumber(report.versions))
            object["damaged"] = .array(report.damaged.map { .string($0.description) })
            object["dry_run"] = .bool(dryRun)
            try output.print(.object(object)) {
                "\(dryRun ? "would remove" : "removed") \(Count.text(Int(report.versions), "version")) of "
                    + "\(Count.text(report.marks.count, "document")); \(Count.text(report.documents, "document")) looked at\n"
                    + "store: \(settings.storePlace)"
            }
            guard report.damaged.isEmpty else {
                throw CommandFailure.refused(
                    "\(Count.text(report.damaged.count, "document")) could not be pruned: "
                        + report.damaged.prefix(10).map(\.description).joined(separator: " "))
            }
        }

        private func remove(_ key: DocumentKey, through version: Int64, _ settings: ServeSettings) async throws {
            let mark = try await AdminCommand.withStore(settings) { store in
                do {
                    return try await VersionRemoval(store: store, registry: RegistryName.own).remove(
                        key, through: version)
                } catch let error as RegistryError {
                    throw CommandFailure.refused(error.detail)
                }
            }
            var object = JSONObject()
            object["service_name"] = .string(key.service)
            object["environment"] = .string(key.environment)
            object["removed_through"] = .number(JSONNumber(version))
            object["unchanged"] = .bool(mark == nil)
            try output.print(.object(object)) {
                (mark == nil
                    ? "unchanged: versions 1 to \(version) of \(key) were removed before"
                    : "removed versions 1 to \(version) of \(key); audit logs and backups keep what they have")
                    + "\nstore: \(settings.storePlace)"
            }
        }
    }
}
