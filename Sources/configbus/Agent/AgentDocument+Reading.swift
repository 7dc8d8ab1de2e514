import AsyncSupport
import ConfigModel
import ConfigNotation
import SystemPackage

extension AgentDocument {
    private static let fields = [
        "key", "prefix", "environment", "overlay", "path", "format", "quote", "separator", "mode", "owner", "check",
        "reload", "on_delete", "debounce",
    ]

    /// The documents of a file of settings. With mistakes it does not matter what is returned.
    static func list(
        _ settings: SettingsTable, in folder: String, own: OwnFiles, _ problems: inout SettingsProblems
    ) -> [AgentDocument] {
        let elements = settings.list("documents", "the documents to follow, each with key and path", &problems) ?? []
        var documents: [AgentDocument] = []
        var subjects = FollowedSubjects()
        var places = TargetPlaces(own: own)
        for (index, element) in elements.enumerated() {
            let place = settings.place("documents").appending(String(index))
            guard let table = SettingsTable(element, at: place, &problems),
                let document = AgentDocument(table, in: folder, &places, &problems)
            else { continue }
            if let other = subjects.follow(document.subject, at: index) {
                problems.add(
                    place, "follows what documents.\(other) follows too: name each document once, or below one prefix.")
            }
            if let other = places.write(document, at: index) {
                problems.add(
                    table.place("path"), "is that of documents.\(other): each document needs a file of its own.")
            }
            documents.append(document)
        }
        return documents
    }

    private init?(
        _ table: SettingsTable, in folder: String, _ places: inout TargetPlaces, _ problems: inout SettingsProblems
    ) {
        table.refuseFields(otherThan: Self.fields, &problems)
        let subject = Self.subject(table, &problems)
        let path = table.neededText("path", "the file that is replaced with each version", &problems).flatMap {
            Self.path($0, subject, in: folder, at: table.place("path"), &places, &problems)
        }
        let overlay = table.flag("overlay", &problems) ?? false
        let format = table.text("format", &problems) ?? "json"
        let notation = Self.notation(format, table, &problems)
        let attributes = Self.attributes(table, &problems)
        let check = table.value("check").flatMap {
            Self.program($0, at: table.place("check"), in: folder, &problems)
        }
        let reload = table.value("reload").flatMap {
            Self.reload($0, at: table.place("reload"), in: folder, &problems)
        }
        var deletion = Deletion.keep
        if let text = table.text("on_delete", &problems) {
            if let wanted = Deletion(rawValue: text) {
                deletion = wanted
            } else {
                problems.add(table.place("on_delete"), "must be keep or remove, not '\(text)'.")
            }
        }
        let debounce = table.time("debounce", in: .zero ... .seconds(60), &problems) ?? .zero
        guard let subject, let path else { return nil }
        self.init(
            subject: subject, overlay: overlay, path: path, format: format, notation: notation, attributes: attributes,
            check: check, reload: reload, deletion: deletion, debounce: debounce)
    }

    private static func subject(_ table: SettingsTable, _ problems: inout SettingsProblems) -> Subject? {
        guard table.has("prefix") else {
            if table.has("environment") {
                problems.add(
                    table.place("environment"),
                    "is for a prefix; a key has it behind the slash: parsing/prod.")
            }
            return key(table, &problems).map { .document($0) }
        }
        if table.has("key") { problems.add(table.pointer, "must have either key or prefix.") }
        let environment = table.text("environment", &problems) ?? DocumentKey.defaultEnvironment
        guard let service = table.text("prefix", &problems) else { return nil }
        do {
            return .prefix(try DocumentPrefix(service: service, environment: environment))
        } catch {
            problems.add(table.place("prefix"), "is none: \(error)")
            return nil
        }
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
        _ template: String, _ subject: Subject?, in folder: String, at pointer: JSONPointer,
        _ places: inout TargetPlaces, _ problems: inout SettingsProblems
    ) -> FileTemplate? {
        let file: FileTemplate
        do {
            file = try FileTemplate(unchecked: AgentSettings.absolute(template, in: folder))
        } catch {
            problems.add(pointer, error.reason)
            return nil
        }
        switch subject {
        case .document(let key):
            if let fault = places.fault(of: file.path(for: key)) { problems.add(pointer, fault) }
        case .prefix(let prefix):
            guard file.text.contains("{service}") else {
                problems.add(
                    pointer,
                    "must have {service} in it, so that each document below the prefix has a file of its own.")
                break
            }
            if let fault = places.fault(of: file, prefix) { problems.add(pointer, fault) }
        case nil:
            guard !file.text.contains("{"), let fault = places.fault(of: file.text) else { break }
            problems.add(pointer, fault)
        }
        return file
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

    private static func attributes(_ table: SettingsTable, _ problems: inout SettingsProblems)
        -> WantedAttributes
    {
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
}

/// Which documents a list of settings has so far, each with the index of its element.
private struct FollowedSubjects {
    private var keys: [DocumentKey: Int] = [:]
    private var prefixes: [(prefix: DocumentPrefix, index: Int)] = []

    /// Returns the element that there can be the same document in.
    mutating func follow(_ subject: AgentDocument.Subject, at index: Int) -> Int? {
        switch subject {
        case .document(let key):
            let other = keys.updateValue(index, forKey: key)
            return other ?? prefixes.first { $0.prefix.includes(key) }?.index
        case .prefix(let prefix):
            defer { prefixes.append((prefix, index)) }
            let other = prefixes.first { $0.prefix.includes(prefix) || prefix.includes($0.prefix) }?.index
            return other ?? keys.filter { prefix.includes($0.key) }.map(\.value).min()
        }
    }
}
