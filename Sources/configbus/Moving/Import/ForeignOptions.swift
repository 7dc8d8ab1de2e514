import ArgumentParser
import ConfigImport
import ConfigModel
import FoundationEssentials

/// What is imported that other systems keep.
struct ForeignOptions: ParsableArguments {
    @Option(
        help: """
            What another system has: env (a .env file), spring (a directory of Spring Cloud Config), etcd, consul (dumps), \
            configmap (Kubernetes).
            """)
    var format: ImportFormat?
    @Option(help: ArgumentHelp("Import the variables whose names begin so, without it.", valueName: "prefix"))
    var fromEnvironment: String?
    @Option(help: "The service, of env and variables; of etcd and consul when the keys do not say it.")
    var service: String?
    @Option(
        name: [.short, .long],
        help: "The environment, of env and variables; of etcd, consul and configmap instead of what they say.")
    var environment: String?
    @Option(
        help: ArgumentHelp(
            "Of env and variables: what divides the names of objects inside of each other, such as __.",
            valueName: "separator"))
    var nested: String?
    @Option(
        help: ArgumentHelp(
            "Of etcd and consul: how keys begin. (default: {service}/{environment}, without what is named)",
            valueName: "config/{service}/{environment}"))
    var keys: String?
    @Option(help: "Of spring: a profile; without any, the names of the files say which there are.") var profile:
        [String] = []
    @Flag(help: "Of spring: lay every service over the 'application' files, which are the service 'default' otherwise.")
    var mergeApplication = false

    func validate() throws {
        guard format == nil || fromEnvironment == nil else {
            throw ValidationError("--format and --from-environment exclude each other.")
        }
        let isFlat = format == .env || fromEnvironment != nil
        let isKeyed = format == .etcd || format == .consul
        try refuse("--service", service != nil && !isFlat && !isKeyed)
        try refuse("--environment", environment != nil && !isFlat && !isKeyed && format != .configmap)
        try refuse("--nested", nested != nil && !isFlat)
        try refuse("--keys", keys != nil && !isKeyed)
        try refuse("--profile", !profile.isEmpty && format != .spring)
        try refuse("--merge-application", mergeApplication && format != .spring)
        guard nested?.isEmpty != true else { throw ValidationError("--nested is a text such as __.") }
        guard !isFlat || service != nil else {
            throw ValidationError("Variables are members of one document: name its service with --service.")
        }
    }

    private func refuse(_ flag: String, _ isWrong: Bool) throws {
        guard isWrong else { return }
        let what = format.map { "--format \($0.rawValue)" } ?? "an import without --format"
        throw ValidationError("\(flag) means nothing for \(what).")
    }
}

extension ForeignOptions {
    /// True when documents of another system are named.
    var isNamed: Bool { format != nil || fromEnvironment != nil }

    /// Reads them.
    ///
    /// - Throws: `CommandFailure` that names everything that is wrong.
    func changes(at path: String?) throws -> ImportedChanges {
        let source = path == "-" ? "Standard input" : path ?? "The environment"
        let found = try documents(at: path)
        var faults = found.faults
        var changes: [WantedChange] = []
        for document in found.documents {
            do throws(ContentError) {
                let content = try Content(document.object, limits: ContentNotation.limits)
                changes.append(WantedChange(key: document.key, operation: .content(content)))
            } catch {
                faults.append("\(document.source): \(error)")
            }
        }
        guard faults.isEmpty else {
            let shown = faults.prefix(Self.shownFaults)
            let more = faults.count > shown.count ? ["and \(faults.count - shown.count) more"] : []
            throw CommandFailure.refused("Nothing was changed: \(source) has \(Count.text(faults.count, "fault")).")
                .with(shown + more)
        }
        guard !changes.isEmpty else {
            if let fromEnvironment {
                throw CommandFailure.refused("No variable of the environment begins with '\(fromEnvironment)'.")
            }
            throw CommandFailure.refused("\(source) has no document.").with(found.warnings)
        }
        return ImportedChanges(changes: changes, warnings: found.warnings)
    }

    /// More lines than this help nobody to mend them.
    private static let shownFaults = 500

    private func documents(at path: String?) throws -> ForeignDocuments {
        guard let format else {
            let found = Self.variables(withPrefix: fromEnvironment ?? "")
            // What is no UTF-8 comes with this character in its place.
            let damaged = found.filter { ($0.name + $0.value).unicodeScalars.contains("\u{fffd}") }
            return variables(found, damaged.map { "\($0.source): its value is no text in UTF-8." })
        }
        guard let path else { throw CommandFailure.usage("Name the file or directory that is imported.") }
        switch format {
        case .env:
            let file = EnvFile(try InputFile.read(path, flag: "FILE"), name: Self.name(of: path))
            return variables(file.variables, file.faults, file.warnings)
        case .spring:
            let files = try ForeignFiles.read(path)
            return SpringRepository(profiles: profile, mergesShared: mergeApplication).documents(in: files.files)
                .adding(files.faults)
        case .etcd: return try dump(.etcd, path)
        case .consul: return try dump(.consul, path)
        case .configmap:
            let files = try ForeignFiles.read(path)
            return ConfigMaps(environment: environment).documents(in: files.files).adding(files.faults)
        }
    }

    private func dump(_ origin: KeyValueDump.Origin, _ path: String) throws -> ForeignDocuments {
        let layout: KeyLayout
        do {
            layout = try KeyLayout(template: keys, service: service, environment: environment)
        } catch {
            throw CommandFailure.usage("--keys: \(error)")
        }
        let bytes = try InputFile.read(path, flag: "FILE")
        return KeyValueDump(bytes, of: origin, name: Self.name(of: path)).documents(layout)
    }

    private func variables(
        _ variables: [EnvFile.Variable], _ faults: [String], _ warnings: [String] = []
    ) -> ForeignDocuments {
        ForeignDocuments(
            variables, faults, warnings, nestedAt: nested, service: service ?? "",
            environment: environment ?? EnvironmentOptions.implied)
    }

    private static func variables(withPrefix prefix: String) -> [EnvFile.Variable] {
        ProcessInfo.processInfo.environment.filter { $0.key.hasPrefix(prefix) && $0.key != prefix }
            .sorted { $0.key < $1.key }
            .map { name, value in
                EnvFile.Variable(name: String(name.dropFirst(prefix.count)), value: value, source: name)
            }
    }

    private static func name(of path: String) -> String { path == "-" ? "Standard input" : path }
}
