import ConfigModel

/// What looks at a candidate, and what makes it take effect.
extension AgentDocument {
    /// A list of words, or an object with `command` and `timeout`.
    static func program(
        _ value: JSONValue, at pointer: JSONPointer, in folder: String,
        _ problems: inout SettingsProblems
    ) -> AgentProgram? {
        guard case .array = value else {
            guard case .object = value, let table = SettingsTable(value, at: pointer, &problems) else {
                problems.add(
                    pointer,
                    "must be a program and its arguments, such as [nginx, -t], or an object with command and timeout, not "
                        + "\(value.kind).")
                return nil
            }
            table.refuseFields(otherThan: ["command", "timeout"], &problems)
            return program(table, in: folder, &problems)
        }
        var object = JSONObject()
        object["command"] = value
        return SettingsTable(.object(object), at: pointer, &problems).flatMap {
            program($0, in: folder, &problems)
        }
    }

    private static func program(
        _ table: SettingsTable, in folder: String, _ problems: inout SettingsProblems
    ) -> AgentProgram? {
        let limit = table.time("timeout", in: .milliseconds(1) ... .seconds(3600), &problems) ?? .seconds(30)
        let words = table.texts("command", &problems)
        guard let first = table.firstText("command") else {
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
        return words.map { AgentProgram(line: .program(program, Array($0.dropFirst())), limit: limit) }
    }

    /// An object with a command or a signal.
    static func reload(
        _ value: JSONValue, at pointer: JSONPointer, in folder: String, _ problems: inout SettingsProblems
    ) -> Reload? {
        guard case .object = value, let table = SettingsTable(value, at: pointer, &problems) else {
            problems.add(
                pointer,
                "must be an object with command or signal, such as {command: [systemctl, reload, web]}, not \(value.kind)."
            )
            return nil
        }
        table.refuseFields(otherThan: ["command", "timeout", "signal"], &problems)
        guard table.has("signal") else {
            return program(table, in: folder, &problems).map { .command($0) }
        }
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
                signal.place("name"),
                "must be one of \(ProcessSignal.names.joined(separator: ", ")), not '\(name)'.")
        }
        guard let number, let file else { return nil }
        return .signal(ProcessSignal(number: number, pidFile: AgentSettings.absolute(file, in: folder)))
    }
}
