import AsyncSupport
import ConfigModel
import ConfigNotation
import SystemPackage

extension AgentDocument {
    private static let fields = [
        "key", "overlay", "path", "format", "quote", "separator", "mode", "owner", "check", "reload", "on_delete",
        "debounce",
    ]

    /// The documents of a file of settings. With mistakes it does not matter what is returned.
    static func list(
        _ settings: SettingsTable, in folder: String, _ problems: inout SettingsProblems
    ) -> [AgentDocument] {
        let elements = settings.list("documents", "the documents to follow, each with key and path", &problems) ?? []
        var documents: [AgentDocument] = []
        var (keys, paths) = ([DocumentKey: Int](), [FilePath: Int]())
        for (index, element) in elements.enumerated() {
            let place = settings.place("documents").appending(String(index))
            guard let table = SettingsTable(element, at: place, &problems),
                let document = AgentDocument(table, in: folder, &problems)
            else { continue }
            if let other = keys.updateValue(index, forKey: document.key) {
                problems.add(
                    table.place("key"), "is \(document.key), as in documents.\(other): follow each document once.")
            }
            if let other = paths.updateValue(index, forKey: FilePath(document.path).lexicallyNormalized()) {
                problems.add(
                    table.place("path"), "is \(document.path), as in documents.\(other): each needs a file of its own.")
            }
            documents.append(document)
        }
        return documents
    }

    private init?(_ table: SettingsTable, in folder: String, _ problems: inout SettingsProblems) {
        table.refuseFields(otherThan: Self.fields, &problems)
        let key = Self.key(table, &problems)
        let template = table.neededText("path", "the file that is replaced with each version", &problems)
        let overlay = table.flag("overlay", &problems) ?? false
        let format = table.text("format", &problems) ?? "json"
        let notation = Self.notation(format, table, &problems)
        let attributes = Self.attributes(table, &problems)
        let check = table.value("check").flatMap { Self.program($0, at: table.place("check"), in: folder, &problems) }
        let reload = table.table("reload", &problems).flatMap { Self.reload($0, in: folder, &problems) }
        var deletion = Deletion.keep
        if let text = table.text("on_delete", &problems) {
            if let wanted = Deletion(rawValue: text) {
                deletion = wanted
            } else {
                problems.add(table.place("on_delete"), "must be keep or remove, not '\(text)'.")
            }
        }
        let debounce = table.time("debounce", in: .zero ... .seconds(60), &problems) ?? .zero
        guard let key, let template else { return nil }
        guard let path = Self.path(template, key, in: folder, at: table.place("path"), &problems) else { return nil }
        self.init(
            key: key, overlay: overlay, path: path, format: format, notation: notation, attributes: attributes,
            check: check,
            reload: reload, deletion: deletion, debounce: debounce)
    }

    private static func key(_ table: SettingsTable, _ problems: inout SettingsProblems) -> DocumentKey? {
        guard let text = table.neededText("key", "the document, such as parsing/prod", &problems) else { return nil }
        do {
            return try DocumentKey(parsing: text)
        } catch {
            problems.add(table.place("key"), "is no document: \(error)")
            return nil
        }
    }

    private static func path(
        _ template: String, _ key: DocumentKey, in folder: String, at pointer: JSONPointer,
        _ problems: inout SettingsProblems
    ) -> String? {
        let file: FileTemplate
        do {
            file = try FileTemplate(unchecked: AgentSettings.absolute(template, in: folder))
        } catch {
            problems.add(pointer, error.reason)
            return nil
        }
        let path = file.path(for: key)
        if let fault = OutputFolder.fault(of: path) ?? OutputFolder.danger(of: path) {
            problems.add(pointer, "cannot be written to safely: \(fault).")
        } else {
            do {
                _ = try FileAttributes(replacing: path)
            } catch {
                problems.add(pointer, "cannot be replaced: \(error)")
            }
        }
        return path
    }

    private static func notation(
        _ format: String, _ table: SettingsTable, _ problems: inout SettingsProblems
    ) -> FileNotation {
        var quotes = EnvText.Quotes.shell
        if let text = table.text("quote", &problems) {
            if let wanted = EnvText.Quotes(rawValue: text) {
                quotes = wanted
            } else {
                problems.add(table.place("quote"), "must be shell or none, not '\(text)'.")
            }
        }
        let separator = table.text("separator", &problems) ?? ","
        for (field, formats) in [("quote", ["env"]), ("separator", ["env", "properties"])]
        where table.has(field) && !formats.contains(format) {
            problems.add(table.place(field), "is for the format \(formats.joined(separator: " or ")), not \(format).")
        }
        guard let notation = FileNotation(named: format, quotes: quotes, separator: separator) else {
            problems.add(
                table.place("format"),
                "must be one of \(FileNotation.names.joined(separator: ", ")), not '\(format)'.")
            return .json
        }
        return notation
    }

    private static func attributes(_ table: SettingsTable, _ problems: inout SettingsProblems) -> WantedAttributes {
        var attributes = WantedAttributes(isForNewFilesOnly: false)
        do throws(InvalidAttribute) {
            if let text = table.text("mode", &problems) {
                attributes.permissions = try WantedAttributes.permissions(text)
            }
        } catch {
            problems.add(table.place("mode"), error.sentence)
        }
        do throws(InvalidAttribute) {
            if let text = table.text("owner", &problems) {
                (attributes.user, attributes.group) = try WantedAttributes.owner(text)
            }
        } catch {
            problems.add(table.place("owner"), error.sentence)
        }
        return attributes
    }

    /// A list of words, or an object with `command` and `timeout`.
    private static func program(
        _ value: JSONValue, at pointer: JSONPointer, in folder: String, _ problems: inout SettingsProblems
    ) -> AgentProgram? {
        guard case .array = value else {
            guard let table = SettingsTable(value, at: pointer, &problems) else { return nil }
            table.refuseFields(otherThan: ["command", "timeout"], &problems)
            return program(table, in: folder, &problems)
        }
        var object = JSONObject()
        object["command"] = value
        return SettingsTable(.object(object), at: pointer, &problems).flatMap { program($0, in: folder, &problems) }
    }

    private static func program(
        _ table: SettingsTable, in folder: String, _ problems: inout SettingsProblems
    ) -> AgentProgram? {
        let limit = table.time("timeout", in: .milliseconds(1) ... .seconds(3600), &problems) ?? .seconds(30)
        guard let words = table.texts("command", &problems), let first = words.first else {
            if !table.has("command") || table.value("command") == .array([]) {
                problems.add(table.place("command"), "must be a program and its arguments, such as [nginx, -t].")
            }
            return nil
        }
        let program = first.utf8.contains(UInt8(ascii: "/")) ? AgentSettings.absolute(first, in: folder) : first
        guard ProgramSearch.finds(program) else {
            problems.add(table.place("command"), "begins with \(first), which is no program here.")
            return nil
        }
        return AgentProgram(line: .program(program, Array(words.dropFirst())), limit: limit)
    }

    private static func reload(
        _ table: SettingsTable, in folder: String, _ problems: inout SettingsProblems
    ) -> Reload? {
        table.refuseFields(otherThan: ["command", "timeout", "signal"], &problems)
        guard table.has("signal") else { return program(table, in: folder, &problems).map { .command($0) } }
        if table.has("command") || table.has("timeout") {
            problems.add(table.pointer, "must have either signal or command, and timeout with a command only.")
        }
        guard let signal = table.table("signal", &problems) else { return nil }
        signal.refuseFields(otherThan: ["name", "pid_file"], &problems)
        let name = signal.text("name", &problems) ?? "HUP"
        let file = signal.neededText("pid_file", "the file in which the service writes its process number", &problems)
        let number = ProcessSignal.number(of: name)
        if number == nil {
            problems.add(
                signal.place("name"), "must be one of \(ProcessSignal.names.joined(separator: ", ")), not '\(name)'.")
        }
        guard let number, let file else { return nil }
        return .signal(ProcessSignal(number: number, pidFile: AgentSettings.absolute(file, in: folder)))
    }
}
