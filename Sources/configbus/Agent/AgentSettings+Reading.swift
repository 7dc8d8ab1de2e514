import AsyncSupport
import ConfigModel
import EventBus
import RabbitBus
import RegistryClient
import RegistryServer
import SystemPackage

extension AgentSettings {
    /// Reads a file. Nothing else is done.
    ///
    /// - Throws: `CommandFailure` when it cannot be read or is in no notation, `SettingsMistakes` with everything that is
    ///   wrong with it.
    static func read(_ path: String) throws -> AgentSettings {
        guard path == "-" || ContentNotation.isNamed(byEndingOf: path), let notation = ContentNotation(path: path)
        else {
            throw CommandFailure.usage("\(path) ends in none of \(ContentNotation.endings); rename it.")
        }
        let object: JSONObject
        do {
            object = try notation.content(try bytes(of: path), name: path).object
        } catch let failure as CommandFailure {
            throw CommandFailure.usage(failure.description)
        }
        var problems = SettingsProblems()
        let settings = SettingsTable(.object(object), at: JSONPointer(), &problems).flatMap {
            Self.settings($0, of: path, &problems)
        }
        guard let settings, problems.all.isEmpty else { throw SettingsMistakes(path: path, problems: problems.all) }
        return settings
    }

    /// It is read while the agent runs too, which nothing that is no file may hold up.
    private static func bytes(of path: String) throws -> [UInt8] {
        guard path != "-" else { return try InputFile.read(path, flag: "the agent's settings") }
        do {
            return try RegularFile.read(path, followingLinks: true, limit: InputFile.limit)
        } catch let error as NotRegularFile {
            throw CommandFailure.usage("Cannot read the agent's settings: \(error.fact).")
        } catch {
            throw CommandFailure.usage("Cannot read \(path) (the agent's settings): \(error).")
        }
    }

    private static func settings(
        _ table: SettingsTable, of path: String, _ problems: inout SettingsProblems
    ) -> AgentSettings? {
        let folder = FilePath(path).removingLastComponent().string
        table.refuseFields(
            otherThan: ["registry", "amqp", "trusted_keys", "cache", "status", "documents"], &problems)
        if !table.has("registry") {
            problems.add(table.place("registry"), "is missing: it says where the registry is.")
        }
        let registry = table.table("registry", &problems).flatMap { Self.registry($0, in: folder, &problems) }
        let broker = table.table("amqp", &problems).flatMap { Self.broker($0, in: folder, &problems) }
        let keys = readableFile(table, "trusted_keys", in: folder, &problems)
        if let keys {
            do {
                _ = try PublicKeyFile.read(keys, flag: "trusted_keys", of: .registry)
            } catch {
                problems.add(table.place("trusted_keys"), "holds no keys: \(error)")
            }
        }
        if keys != nil, let registry, !registry.allowsPlaintext,
            registry.urls.contains(where: { (try? RegistryClient.isPlaintext(url: $0)) == true })
        {
            problems.add(
                table.place("trusted_keys"),
                "does not help against old versions that are sent again on the way from a registry at http:// on another "
                    + "machine: use https://, or add allow_plaintext: true to registry when the way is trusted.")
        }
        let cache = cache(table, in: folder, &problems)
        let status = status(table, &problems)
        var own = OwnFiles(cache: cache)
        own.add(path == "-" ? nil : path, "the file of settings")
        own.add(keys, "that of trusted_keys")
        own.add(broker?.uriFile, "that of amqp.uri_file")
        own.add(registry?.tokenFile, "that of registry.token_file")
        own.add(registry?.caFile, "that of registry.ca_file")
        own.add(registry?.clientCertificate, "that of registry.client_cert")
        own.add(registry?.clientKey, "that of registry.client_key")
        let documents = AgentDocument.list(table, in: folder, own: own, &problems)
        guard let registry, let cache else { return nil }
        return AgentSettings(
            fixed: Fixed(registry: registry, broker: broker, trustedKeys: keys, cache: cache, status: status),
            documents: documents)
    }

    private static func cache(
        _ table: SettingsTable, in folder: String, _ problems: inout SettingsProblems
    ) -> String? {
        let text = table.neededText("cache", "the folder in which the agent keeps what took effect last", &problems)
        guard let path = text.map({ absolute($0, in: folder) }) else { return nil }
        if let facts = try? Stat(FilePath(path), followTargetSymlink: true), facts.type != .directory {
            problems.add(table.place("cache"), "is no folder: \(path) is something else.")
        }
        return path
    }

    private static func registry(
        _ table: SettingsTable, in folder: String, _ problems: inout SettingsProblems
    ) -> Registry? {
        table.refuseFields(
            otherThan: ["url", "token_file", "ca_file", "client_cert", "client_key", "allow_plaintext"], &problems)
        if !table.has("url") {
            problems.add(table.place("url"), "is missing: it is the registry's address, or a list of several.")
        }
        let token = readableFile(table, "token_file", in: folder, &problems)
        let authorities = readableFile(table, "ca_file", in: folder, &problems)
        let certificate = readableFile(table, "client_cert", in: folder, &problems)
        let key = readableFile(table, "client_key", in: folder, &problems)
        if table.has("client_cert") != table.has("client_key") {
            problems.add(table.pointer, "must have client_cert and client_key together.")
        }
        let allowsPlaintext = table.flag("allow_plaintext", &problems) ?? false
        guard let urls = table.textOrTexts("url", &problems), !urls.isEmpty else { return nil }
        for url in urls {
            do {
                try RegistryClient.check(url: url)
                if token != nil, !allowsPlaintext, try RegistryClient.isPlaintext(url: url) {
                    problems.add(
                        table.place("token_file"),
                        "is not sent to \(url), because it could be read on the way: use https://, or add "
                            + "allow_plaintext: true when the way is trusted.")
                }
            } catch {
                problems.add(table.place("url"), "is no address: \(error.message)")
            }
        }
        return Registry(
            urls: urls, tokenFile: token, caFile: authorities, clientCertificate: certificate, clientKey: key,
            allowsPlaintext: allowsPlaintext)
    }

    private static func broker(
        _ table: SettingsTable, in folder: String, _ problems: inout SettingsProblems
    ) -> Broker? {
        table.refuseFields(otherThan: ["uri_file", "exchange", "publishers"], &problems)
        if !table.has("uri_file") {
            problems.add(table.place("uri_file"), "is missing: it is a file that holds the address of the RabbitMQ.")
        }
        let exchange = table.text("exchange", &problems) ?? "config.changes"
        do throws(BusError) {
            try RabbitBus.check(exchange: exchange)
        } catch {
            problems.add(table.place("exchange"), "is none: \(error.message)")
        }
        let publishers = table.texts("publishers", &problems)
        guard let file = readableFile(table, "uri_file", in: folder, &problems) else { return nil }
        do {
            try RabbitBus.check(uri: SecretURI.resolve(nil, file: file, .amqp) ?? "")
        } catch {
            problems.add(table.place("uri_file"), "holds no address of a RabbitMQ: \(error)")
        }
        return Broker(uriFile: file, exchange: exchange, publishers: publishers)
    }

    private static func status(_ table: SettingsTable, _ problems: inout SettingsProblems) -> ListeningAddress? {
        guard let text = table.text("status", &problems) else { return nil }
        guard let address = ListeningAddress(parsing: text), LoopbackAddress.contains(address.host) else {
            problems.add(
                table.place("status"),
                "must be an address of this machine alone with a port, such as 127.0.0.1:9101: it is answered without a token."
            )
            return nil
        }
        return address
    }

    /// The path of a file that is there and can be read.
    private static func readableFile(
        _ table: SettingsTable, _ field: String, in folder: String, _ problems: inout SettingsProblems
    ) -> String? {
        guard let path = table.text(field, &problems).map({ absolute($0, in: folder) }) else { return nil }
        do {
            _ = try RegularFile.read(path, followingLinks: true, limit: 1 << 20)
            return path
        } catch let error as NotRegularFile {
            problems.add(table.place(field), "cannot be read: \(error.fact).")
            return nil
        } catch {
            problems.add(table.place(field), "cannot be read: \(path): \(error).")
            return nil
        }
    }

    /// A path that does not begin with a slash is beside the file of settings.
    static func absolute(_ path: String, in folder: String) -> String {
        FilePath(path).isAbsolute || folder.isEmpty ? path : FilePath(folder).pushing(FilePath(path)).string
    }
}

/// Everything that is wrong with a file of settings.
struct SettingsMistakes: Error, Sendable {
    let path: String
    let problems: [SettingsProblem]

    /// A sentence, and a line for each mistake; for programs with its place.
    var failure: CommandFailure {
        let count = Count.text(problems.count, "mistake")
        let list = problems.map { problem in
            var object = JSONObject()
            object["pointer"] = .string(problem.pointer.description)
            object["message"] = .string(problem.description)
            return JSONValue.object(object)
        }
        return .usage("\(path) has \(count); nothing was done.").with(problems.map(\.description))
            .with("problems", .array(list))
    }
}
