"""Commands (运维命令): what operators type; each ends with exit code 0 only if all is well."""
