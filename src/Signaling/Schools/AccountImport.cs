using Classroom.Data;
using Classroom.Data.Http;
using Classroom.Signaling.Accounts;
using Classroom.Signaling.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Classroom.Signaling.Schools;

/// <summary>
/// Adds and changes accounts from a table with the columns userName, displayName, role, school, region, subject, password.
/// Nobody is removed. A password is needed for new accounts only, and must be changed at the first sign-in.
/// </summary>
internal sealed class AccountImport(ClassroomDb db, Passwords passwords, TimeProvider time)
{
    private static readonly string[][] Columns =
    [
        ["userName", "登录名", "账号"], ["displayName", "姓名"], ["role", "角色"], ["school", "学校"], ["region", "区域"], ["subject", "学科"], ["password", "密码"],
    ];

    private static readonly Dictionary<string, AccountRole> Roles = new(StringComparer.OrdinalIgnoreCase)
    {
        ["教师"] = AccountRole.Teacher,
        ["老师"] = AccountRole.Teacher,
        ["学生"] = AccountRole.Student,
        ["资源编辑"] = AccountRole.Editor,
        ["编辑"] = AccountRole.Editor,
        ["审核员"] = AccountRole.Reviewer,
        ["技术员"] = AccountRole.Technician,
        ["教育局"] = AccountRole.Supervisor,
        ["督导"] = AccountRole.Supervisor,
        ["管理员"] = AccountRole.Administrator,
    };

    private readonly List<ImportProblem> _problems = [];

    public async Task<ImportReport> RunAsync(string text, bool isDryRun, CancellationToken cancellationToken)
    {
        var lines = CsvFile.Read(text, Columns, needed: 3, _problems);
        var schools = await db.Schools.AsNoTracking().ToListAsync(cancellationToken);
        var regions = await db.Regions.AsNoTracking().ToListAsync(cancellationToken);
        var accounts = await db.Accounts.ToDictionaryAsync(account => account.UserName, cancellationToken);
        Dictionary<string, int> seen = [];
        var (added, changed) = (0, 0);
        foreach (var line in lines)
        {
            if (Parse(line, accounts, schools, regions, seen) is not { } wanted)
            {
                continue;
            }

            if (!accounts.TryGetValue(wanted.UserName, out var account))
            {
                added++;
                account = new Account { UserName = wanted.UserName, DisplayName = wanted.DisplayName, CreatedAt = time.GetUtcNow().UtcDateTime };
                db.Accounts.Add(account);
                Write(wanted, account);
            }
            else if (Write(wanted, account))
            {
                changed++;
            }

            if (!string.IsNullOrEmpty(wanted.Password) && !isDryRun)
            {
                passwords.Set(account, wanted.Password, mustChange: true);
            }
        }

        var isApplied = !isDryRun && _problems.Count == 0;
        if (isApplied)
        {
            await db.SaveChangesAsync(cancellationToken);
        }

        return new ImportReport(isApplied, added, changed, Removed: 0, [.. _problems.OrderBy(problem => problem.Line)]);
    }

    /// <summary>Null when the line has problems; all of them are noted.</summary>
    private AccountEdit? Parse(CsvLine line, Dictionary<string, Account> accounts, List<School> schools, List<Region> regions, Dictionary<string, int> seen)
    {
        var before = _problems.Count;
        var userName = AccountRules.Normal(line.Values[0]);
        var isNew = !accounts.ContainsKey(userName);
        foreach (var complaint in AccountRules.Complaints(userName, line.Values[1], line.Values[6], passwordNeeded: isNew))
        {
            _problems.Add(new ImportProblem(line.Line, complaint.Message, complaint.Code));
        }

        if (userName.Length > 0 && !seen.TryAdd(userName, line.Line))
        {
            _problems.Add(new ImportProblem(line.Line, $"The sign-in name {userName} is already in line {seen[userName]}.", "twice", userName));
        }

        var role = default(AccountRole);
        if (!Roles.TryGetValue(line.Values[2], out role) && !(Enum.TryParse(line.Values[2], ignoreCase: true, out role) && Enum.IsDefined(role)))
        {
            _problems.Add(new ImportProblem(line.Line, $"There is no role \"{line.Values[2]}\".", "no_role", line.Values[2]));
        }

        var school = schools.Find(s => s.Name == line.Values[3] || s.ShortName == line.Values[3] || s.Id == line.Values[3]);
        if (school is null && line.Values[3].Length > 0)
        {
            _problems.Add(new ImportProblem(line.Line, $"There is no school \"{line.Values[3]}\".", "no_school", line.Values[3]));
        }

        var region = regions.Find(r => r.Name == line.Values[4] || r.Id == line.Values[4]);
        if (region is null && line.Values[4].Length > 0)
        {
            _problems.Add(new ImportProblem(line.Line, $"There is no region \"{line.Values[4]}\".", "no_region", line.Values[4]));
        }

        return _problems.Count > before
            ? null
            : new AccountEdit(userName, line.Values[1], role, school?.Id, region?.Id, line.Values[5].Length > 0 ? line.Values[5] : null, IsDisabled: false, line.Values[6]);
    }

    /// <summary>True when something was different.</summary>
    private static bool Write(AccountEdit wanted, Account account)
    {
        var before = (account.DisplayName, account.Role, account.SchoolId, account.RegionId, account.Subject);
        var after = (wanted.DisplayName, wanted.Role, wanted.SchoolId, wanted.RegionId, wanted.Subject);
        if (before == after)
        {
            return false;
        }

        (account.DisplayName, account.Role, account.SchoolId, account.RegionId, account.Subject) = after;
        account.SecurityStamp = Ids.New();
        return true;
    }
}
