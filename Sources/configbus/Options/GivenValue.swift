/// Says where a value that cannot be used was given.
enum GivenValue {
    /// `--amqp-uri (or CONFIGBUS_AMQP_URI)`.
    static func name(_ flag: String, _ variable: EnvironmentVariable) -> String {
        "\(flag) (or \(variable.rawValue))"
    }

    /// `--data-dir (or CONFIGBUS_DATA_DIR)`, for a setting of `serve`.
    static func name(ofSetting setting: String) -> String {
        let variable = "CONFIGBUS_" + setting.uppercased().replacing("-", with: "_")
        return "--\(setting) (or \(variable))"
    }
}
